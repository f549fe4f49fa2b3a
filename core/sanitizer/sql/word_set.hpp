// A list of words with a quick test before it. Values; any thread.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "core/sanitizer/sql/word_mask.hpp"
#include "core/sanitizer/value/ascii.hpp"

namespace studiosync {

// Words in lower case, found in any case.
template <std::size_t count>
class WordSet {
 public:
  template <class... Words>
  explicit constexpr WordSet(Words... words) : words_{words...}, mask_(words_) {}

  constexpr bool has(std::string_view word) const noexcept {
    return mask_.may_hold(word) &&
           std::any_of(words_.begin(), words_.end(),
                       [&](std::string_view entry) { return equals_folded(word, entry); });
  }
  constexpr auto begin() const noexcept { return words_.begin(); }
  constexpr auto end() const noexcept { return words_.end(); }

 private:
  std::array<std::string_view, count> words_;
  WordMask mask_;
};

template <class... Words>
WordSet(Words...) -> WordSet<sizeof...(Words)>;

template <std::size_t count>
bool contains_folded(const WordSet<count>& set, std::string_view word) noexcept {
  return set.has(word);
}

}  // namespace studiosync
