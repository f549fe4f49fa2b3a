// The filter for processors with AVX2: 32 places at a time.
#include "core/sanitizer/text/trigram_filter.hpp"

#if defined(__x86_64__) && defined(__GNUC__)

#include <immintrin.h>

#include <bit>

#define STUDIOSYNC_AVX2 [[gnu::target("avx2,bmi")]] inline

namespace studiosync {
namespace {

// Five bits of 32 bytes as indexes for shuffles over 16 entries each: the one that has no such
// entry gets an index with its sign bit set, for which the shuffle yields zero.
struct Indexes {
  __m256i low;   // entries 0 to 15
  __m256i high;  // entries 16 to 31
};

STUDIOSYNC_AVX2 Indexes indexes_of(const char* text) noexcept {
  const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text));
  const __m256i five = _mm256_and_si256(bytes, _mm256_set1_epi8(0x1f));
  const __m256i sign_from_16 = _mm256_set1_epi8(0x70);
  return {_mm256_add_epi8(five, sign_from_16),
          _mm256_add_epi8(_mm256_xor_si256(five, _mm256_set1_epi8(0x10)), sign_from_16)};
}

STUDIOSYNC_AVX2 __m256i entries(const std::uint8_t* table, __m256i indexes) noexcept {
  return _mm256_shuffle_epi8(_mm256_load_si256(reinterpret_cast<const __m256i*>(table)), indexes);
}

// The bit of a middle byte in its group, for the two groups that share 16 indexes.
alignas(32) constexpr std::array<std::array<std::uint8_t, 32>, 2> middle_bits{
    {{1, 2, 4, 8, 16, 32, 64, 128, 0, 0, 0, 0, 0, 0, 0, 0,
      1, 2, 4, 8, 16, 32, 64, 128, 0, 0, 0, 0, 0, 0, 0, 0},
     {0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128,
      0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128}}};

}  // namespace

bool TrigramFilter::runs_here(Path path) noexcept {
  return path == Path::portable ||
         (__builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("bmi") != 0);
}

[[gnu::target("avx2,bmi")]] inline std::uint32_t TrigramFilter::pairs_avx2(
    const char* text) const noexcept {
  const Indexes first = indexes_of(text);
  const Indexes middle = indexes_of(text + 1);
  const Indexes third = indexes_of(text + 2);
  __m256i found = _mm256_setzero_si256();
#pragma GCC unroll 4
  for (std::size_t group = 0; group < groups; ++group) {
    const __m256i firsts = _mm256_or_si256(entries(first_[group * 2].data(), first.low),
                                           entries(first_[group * 2 + 1].data(), first.high));
    const __m256i thirds = _mm256_or_si256(entries(third_[group * 2].data(), third.low),
                                           entries(third_[group * 2 + 1].data(), third.high));
    const __m256i middles =
        entries(middle_bits[group % 2].data(), group < 2 ? middle.low : middle.high);
    found = _mm256_or_si256(found, _mm256_and_si256(middles, _mm256_and_si256(firsts, thirds)));
  }
  const __m256i none = _mm256_cmpeq_epi8(found, _mm256_setzero_si256());
  return ~static_cast<std::uint32_t>(_mm256_movemask_epi8(none));
}

[[gnu::target("avx2,bmi")]] void TrigramFilter::look_avx2(const char* text, std::size_t steps,
                                                          Places& places) const noexcept {
  constexpr std::size_t half = step_bytes / 2;
  std::size_t count = 0;
  for (std::size_t at = 0; at < steps * step_bytes; at += step_bytes) {
    // Where the loop over the bits ends cannot be predicted: once for 64 places, not twice.
    std::uint64_t pairs = pairs_avx2(text + at) | std::uint64_t{pairs_avx2(text + at + half)}
                                                      << half;
    for (; pairs != 0; pairs &= pairs - 1) {
      const std::size_t place = at + static_cast<std::size_t>(std::countr_zero(pairs));
      places.at[count] = static_cast<std::uint16_t>(place);
      count += holds(fifteen_bits(text + place)) ? 1U : 0U;
    }
  }
  places.count = count;
}

}  // namespace studiosync

#else

namespace studiosync {

bool TrigramFilter::runs_here(Path path) noexcept {
  return path == Path::portable;
}

void TrigramFilter::look_avx2(const char* text, std::size_t steps, Places& places) const noexcept {
  look_portable(text, steps, places);
}

}  // namespace studiosync

#endif
