// Finds the places of a text where a credential may stand: four bytes (a gram) that one of the
// triggers holds. A window of three bytes at every second place decides about nearly all of a text:
// whichever gram stands there, one such window lies in it. Immutable; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/sanitizer/validator/recognizers.hpp"

namespace studiosync::validator {

// Where four cells of `shape`, from `anchor` on, stand in any case. Behind it either a recognizer
// or the shape itself decides, at the gram or at the shape's begin.
struct Trigger {
  std::string_view shape;
  std::uint8_t anchor = 0;
  Recognizer recognize = nullptr;  // nullptr: the shape decides
  std::string_view rule{};         // id; of the shape
};

class TriggerIndex {
 public:
  // Views the triggers, which must outlive it.
  explicit TriggerIndex(std::span<const Trigger> triggers);

  // The first place from `from` on where a trigger's gram stands; npos when there is none.
  std::size_t next(std::string_view text, std::size_t from) const noexcept;

  // The id of the rule that refuses the passage for what stands at a place from `next`, or nothing.
  std::string_view examine(Passage& passage, std::size_t at) const noexcept;

 private:
  struct Entry {
    std::uint32_t gram;
    const Trigger* trigger;  // nullptr: behind the last
  };

  static bool is_of(const Entry& entry, std::uint32_t gram) noexcept {
    return entry.gram == gram && entry.trigger != nullptr;
  }
  void add_gram(std::size_t first_entry);
  std::uint8_t window_hit(std::uint64_t bytes) const noexcept;
  unsigned windows_in(const char* bytes) const noexcept;
  bool may_begin_at(std::string_view text, std::size_t at) const noexcept;
  const Entry* first_entry(std::uint32_t gram) const noexcept;

  // A byte each, which is read faster than a bit, and small enough for the first-level cache.
  static constexpr std::size_t window_bits = 15;
  std::array<std::uint8_t, 1U << window_bits> windows_{};
  std::vector<Entry> entries_;  // by gram

  // Hash table with linear probing: 1 + the index of a gram's first entry, 0 where none is.
  static constexpr std::size_t slot_bits = 13;
  std::array<std::uint16_t, 1U << slot_bits> slots_{};
};

}  // namespace studiosync::validator
