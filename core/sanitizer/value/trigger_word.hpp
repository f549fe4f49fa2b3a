// Words that tell where a rule must look. They are there for speed, so they must hide nothing: a
// blank, a quote or a line end beside a word changes nothing about whether it counts. Values; any
// thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace studiosync {

struct TriggerWord {
  enum class Counts : std::uint8_t {
    anywhere,
    at_word_end,  // pass, but not passed: what follows begins another word or is no letter
    in_name,      // key, where it belongs to a name that claims a credential
  };

  std::string_view letters;  // in lower case, at least two bytes
  Counts counts = Counts::anywhere;
};

// Whether a word may end in front of `end`: userPass and PASS_Hash have two words, `passed` has
// one. `end` is at least 1.
bool ends_word(std::string_view text, std::size_t end) noexcept;

// Whether the name around `at` claims a credential; it may have blanks, as in "app key".
bool stands_in_credential_name(std::string_view text, std::size_t at) noexcept;

// Whether `word`, whose letters stand at `at`, counts there.
bool counts_at(const TriggerWord& word, std::string_view text, std::size_t at) noexcept;

}  // namespace studiosync
