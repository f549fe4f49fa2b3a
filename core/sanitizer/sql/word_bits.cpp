#include "core/sanitizer/sql/word_bits.hpp"

#include "core/sanitizer/sql/byte_scan.hpp"

namespace studiosync {

std::uint64_t word_bits(const char* bytes) noexcept {
  constexpr std::size_t block_bytes = 64;
  std::uint64_t bits = 0;
#if defined(__SSE2__)
  for (std::size_t i = 0; i < block_bytes; i += sse::lanes) {
    const __m128i loaded = sse::load(bytes + i);
    const __m128i letters = sse::in_range(_mm_or_si128(loaded, _mm_set1_epi8(0x20)), 'a', 25);
    const __m128i others = _mm_or_si128(sse::in_range(loaded, '0', 9), sse::equals(loaded, '_'));
    const int lanes = _mm_movemask_epi8(_mm_or_si128(letters, others));
    bits |= std::uint64_t{static_cast<std::uint16_t>(lanes)} << i;
  }
#else
  for (std::size_t i = 0; i < block_bytes; ++i) {
    const bool of_word = continues_word(bytes[i]) && bytes[i] != '$';
    bits |= std::uint64_t{of_word} << i;
  }
#endif
  return bits;
}

}  // namespace studiosync
