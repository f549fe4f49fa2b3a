#include "core/sanitizer/text/trigram_filter.hpp"

namespace studiosync {
namespace {

constexpr std::uint32_t hash(std::uint32_t fifteen, unsigned bits) noexcept {
  return (fifteen * 0x9e3779b1U) >> (32U - bits);
}

}  // namespace

void TrigramFilter::add(std::string_view literal) noexcept {
  constexpr std::uint32_t any = ~std::uint32_t{0};
  if (literal.size() > 2) {
    add(fifteen_bits(literal.data()), literal.size() > 3 ? 1U << five_bits(literal[3]) : any);
    return;
  }
  const std::uint32_t pair = (five_bits(literal[0]) << 10U) | (five_bits(literal[1]) << 5U);
  for (std::uint32_t third = 0; third <= five_bits_max; ++third) add(pair | third, any);
}

void TrigramFilter::add(std::uint32_t trigram, std::uint32_t fourths) noexcept {
  trigrams_.set(trigram);
  fourths_[hash(trigram, fourth_bits)] |= fourths;
  const std::uint32_t first = trigram >> 10U;
  const std::uint32_t middle = (trigram >> 5U) & five_bits_max;
  const std::uint32_t third = trigram & five_bits_max;
  const auto bit = static_cast<std::uint8_t>(1U << (middle % 8));
  const std::size_t group = middle / 8 * 2;
  for (const std::size_t lane : {0U, 16U}) {
    first_[group + first / 16][lane + first % 16] |= bit;
    third_[group + third / 16][lane + third % 16] |= bit;
  }
}

void TrigramFilter::look(const char* text, std::size_t steps, Places& places,
                         Path path) const noexcept {
  if (path == Path::portable) {
    look_portable(text, steps, places);
  } else {
    look_avx2(text, steps, places);
  }
  drop_other_fourths(text, places);
}

// Here and below each place is written and then counted or not: a branch would be mispredicted.
void TrigramFilter::look_portable(const char* text, std::size_t steps,
                                  Places& places) const noexcept {
  std::uint32_t window = fifteen_bits(text) >> 5U;
  std::size_t count = 0;
  for (std::size_t at = 0; at < steps * step_bytes; ++at) {
    window = ((window << 5U) | five_bits(text[at + 2])) & 0x7fffU;
    places.at[count] = static_cast<std::uint16_t>(at);
    count += trigrams_[window] ? 1U : 0U;
  }
  places.count = count;
}

void TrigramFilter::drop_other_fourths(const char* text, Places& places) const noexcept {
  std::size_t count = 0;
  for (std::size_t i = 0; i < places.count; ++i) {
    const std::uint16_t at = places.at[i];
    places.at[count] = at;
    count += (fourths_[hash(fifteen_bits(text + at), fourth_bits)] >> five_bits(text[at + 3])) & 1U;
  }
  places.count = count;
}

}  // namespace studiosync
