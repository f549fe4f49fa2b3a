// Finds the places of a text where one of a set of literals may stand, by their first three bytes
// and what follows them. It looks at the five low bits of each byte: these tell letters apart in
// any case, and cost false alarms among the other bytes. Immutable once filled; any thread.
#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace studiosync {

class TrigramFilter {
 public:
  // Ways to look; they find the same places.
  enum class Path : std::uint8_t { portable, avx2 };
  static bool runs_here(Path path) noexcept;

  // A step looks at `step_bytes` places and reads `overhang` bytes beyond them.
  static constexpr std::size_t step_bytes = 64;
  static constexpr std::size_t overhang = 3;
  static constexpr std::size_t steps_max = 32;

  // Offsets in rising order.
  struct Places {
    std::size_t count = 0;
    std::array<std::uint16_t, step_bytes * steps_max> at;
  };

  // `literal` has at least two bytes; of a longer one the third and fourth count as well.
  void add(std::string_view literal) noexcept;

  // The offsets below steps * step_bytes at which a literal of the set may stand.
  void look(const char* text, std::size_t steps, Places& places, Path path) const noexcept;

 private:
  static constexpr std::uint32_t five_bits_max = 0x1f;
  static constexpr std::uint32_t five_bits(char c) noexcept {
    return static_cast<unsigned char>(c) & 0x1fU;
  }
  static constexpr std::uint32_t fifteen_bits(const char* text) noexcept {
    return (five_bits(text[0]) << 10U) | (five_bits(text[1]) << 5U) | five_bits(text[2]);
  }
  // `fourths` are the five bits of the bytes that may follow, as a set.
  void add(std::uint32_t trigram, std::uint32_t fourths) noexcept;
  bool holds(std::uint32_t trigram) const noexcept { return trigrams_[trigram]; }
  void look_portable(const char* text, std::size_t steps, Places& places) const noexcept;
  void look_avx2(const char* text, std::size_t steps, Places& places) const noexcept;
  // Of 32 places, as bits, those where both pairs of neighbours are of a trigram.
  std::uint32_t pairs_avx2(const char* text) const noexcept;
  void drop_other_fourths(const char* text, Places& places) const noexcept;

  static constexpr unsigned fourth_bits = 11;

  // 16 bytes of a table, twice: once for each lane of the shuffle instruction.
  using Lanes = std::array<std::uint8_t, 32>;
  // The 32 middle bytes come as bits, 8 to a group.
  static constexpr std::size_t groups = 4;

  std::bitset<1U << 15> trigrams_;
  // By a hash of the trigram: the five bits of the bytes that may follow it, as a set.
  std::array<std::uint32_t, 1U << fourth_bits> fourths_{};

  // Bit m % 8 of first_[m / 8 * 2 + f / 16][f % 16] is set when a trigram begins with f and has m
  // in its middle; third_ likewise. Looking at both pairs of neighbours tells nearly as much as
  // looking at the trigram, and both are within reach of shuffles.
  alignas(32) std::array<Lanes, 2 * groups> first_{};
  alignas(32) std::array<Lanes, 2 * groups> third_{};
};

}  // namespace studiosync
