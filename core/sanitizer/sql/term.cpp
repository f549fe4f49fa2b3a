#include "core/sanitizer/sql/term.hpp"

#include <bit>
#include <cstring>
#include <type_traits>

#include "core/sanitizer/value/ascii.hpp"

namespace studiosync {
namespace {

// Up to 16 bytes of a word: its first and its last ones, which overlap in most words.
struct Ends {
  std::uint64_t first = 0;
  std::uint64_t last = 0;

  constexpr bool operator==(const Ends&) const = default;
};

template <std::size_t bytes>
constexpr std::uint64_t load(std::string_view text, std::size_t at) noexcept {
  std::uint64_t loaded = 0;
  if (!std::is_constant_evaluated() && std::endian::native == std::endian::little) {
    std::memcpy(&loaded, text.data() + at, bytes);  // of constant size: one instruction
    return loaded;
  }
  for (std::size_t i = 0; i < bytes; ++i) {
    loaded |= std::uint64_t{static_cast<unsigned char>(text[at + i])} << (8 * i);
  }
  return loaded;
}

// Eight bytes at once: what lies from A to Z gets the bit of lower case.
constexpr std::uint64_t to_lower(std::uint64_t bytes) noexcept {
  constexpr std::uint64_t each = 0x0101010101010101U;
  const std::uint64_t low_bits = bytes & (each * 0x7f);
  const std::uint64_t from_a = low_bits + each * (0x80 - 'A');
  const std::uint64_t behind_z = low_bits + each * (0x7f - 'Z');
  const std::uint64_t capitals = (from_a ^ behind_z) & ~bytes & (each * 0x80);
  return bytes | (capitals >> 2U);
}

constexpr Ends ends_of(std::string_view word) noexcept {
  const std::size_t size = word.size();
  if (size >= 8) return {to_lower(load<8>(word, 0)), to_lower(load<8>(word, size - 8))};
  if (size >= 4) return {to_lower(load<4>(word, 0)), to_lower(load<4>(word, size - 4))};
  if (size >= 2) return {to_lower(load<2>(word, 0)), to_lower(load<2>(word, size - 2))};
  return {to_lower(load<1>(word, 0)), 0};
}

constexpr std::size_t slot_count = std::bit_ceil(vocabulary.size() * 4);

constexpr std::size_t slot_of(const Ends& ends, std::size_t size) noexcept {
  const std::uint64_t mixed = (ends.first ^ (ends.last << 7U) ^ size) * 0x9e3779b97f4a7c15U +
                              ends.last * 0xc2b2ae3d27d4eb4fU;
  return static_cast<std::size_t>(mixed >> (64U - std::countr_zero(slot_count)));
}

// Open addressing; most words of a text meet an empty slot.
struct Dictionary {
  struct Entry {
    Ends ends;
    std::size_t size = 0;
  };
  std::array<std::uint16_t, slot_count> slots{};
  std::array<Entry, Term::count> entries{};
};

constexpr Dictionary dictionary = [] {
  Dictionary built;
  for (std::size_t index = 1; index < Term::count; ++index) {
    const std::string_view word = vocabulary[index - 1];
    built.entries[index] = {ends_of(word), word.size()};
    std::size_t slot = slot_of(built.entries[index].ends, word.size());
    while (built.slots[slot] != 0) slot = (slot + 1) % slot_count;
    built.slots[slot] = static_cast<std::uint16_t>(index);
  }
  return built;
}();

bool is_spelt(std::string_view spelling, const Ends& ends, std::size_t index) noexcept {
  const Dictionary::Entry& entry = dictionary.entries[index];
  if (entry.size != spelling.size() || entry.ends != ends) return false;
  // The ends leave out the middle of longer ones.
  return spelling.size() <= 2 * sizeof(std::uint64_t) ||
         equals_folded(spelling, vocabulary[index - 1]);
}

}  // namespace

Term term_of(std::string_view spelling) noexcept {
  if (spelling.empty() || spelling.size() > term_bytes_max) return {};
  const Ends ends = ends_of(spelling);
  for (std::size_t slot = slot_of(ends, spelling.size()); dictionary.slots[slot] != 0;
       slot = (slot + 1) % slot_count) {
    const std::size_t index = dictionary.slots[slot];
    if (is_spelt(spelling, ends, index)) return Term::at(index);
  }
  return {};
}

}  // namespace studiosync
