// Searches that the lexer lives on, 16 bytes at a time where the machine can. They take an offset
// and return one, text.size() when nothing is found; none reads beyond the text.
#pragma once

#include <cstddef>
#include <cstring>
#include <string_view>

#include "core/sanitizer/sql/byte_class.hpp"

#if defined(__SSE2__)
#include <emmintrin.h>

#include <bit>
#endif

namespace studiosync {

#if defined(__SSE2__)
namespace sse {

inline constexpr std::size_t lanes = 16;

inline __m128i load(const char* bytes) noexcept {
  return _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
}

inline __m128i equals(__m128i bytes, char wanted) noexcept {
  return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(wanted));
}

// Which bytes are in [low, low + width], unsigned.
inline __m128i in_range(__m128i bytes, char low, char width) noexcept {
  const __m128i shifted = _mm_sub_epi8(bytes, _mm_set1_epi8(low));
  return _mm_cmpeq_epi8(_mm_min_epu8(shifted, _mm_set1_epi8(width)), shifted);
}

inline __m128i inverted(__m128i lanes_set) noexcept {
  return _mm_xor_si128(lanes_set, _mm_set1_epi8(-1));
}

}  // namespace sse
#endif

// What a search stops at: the same question about one byte and about 16.
struct NoWordByte {
  static bool stops(char byte) noexcept { return !continues_word(byte); }
#if defined(__SSE2__)
  static __m128i stops(__m128i bytes) noexcept {
    const __m128i letters = sse::in_range(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), 'a', 25);
    const __m128i digits = sse::in_range(bytes, '0', 9);
    const __m128i others = _mm_or_si128(sse::equals(bytes, '_'), sse::equals(bytes, '$'));
    return sse::inverted(_mm_or_si128(_mm_or_si128(letters, digits), others));
  }
#endif
};

struct NoSpace {
  static bool stops(char byte) noexcept { return !is_space(byte); }
#if defined(__SSE2__)
  static __m128i stops(__m128i bytes) noexcept {
    return sse::inverted(sse::in_range(bytes, '\0', ' '));
  }
#endif
};

struct EitherOf {
  char first;
  char second;

  bool stops(char byte) const noexcept { return byte == first || byte == second; }
#if defined(__SSE2__)
  __m128i stops(__m128i bytes) const noexcept {
    return _mm_or_si128(sse::equals(bytes, first), sse::equals(bytes, second));
  }
#endif
};

template <typename Stop>
inline std::size_t scan_until(std::string_view text, std::size_t at, Stop stop) noexcept {
#if defined(__SSE2__)
  for (; at + sse::lanes <= text.size(); at += sse::lanes) {
    const int found = _mm_movemask_epi8(stop.stops(sse::load(text.data() + at)));
    if (found != 0) {
      return at + static_cast<std::size_t>(std::countr_zero(static_cast<unsigned>(found)));
    }
  }
#endif
  while (at < text.size() && !stop.stops(text[at])) ++at;
  return at;
}

inline std::size_t word_end(std::string_view text, std::size_t at) noexcept {
  return scan_until(text, at, NoWordByte{});
}

// For stretches that may be long, where the library's search is fastest.
inline std::size_t find_byte(std::string_view text, std::size_t at, char wanted) noexcept {
  if (at >= text.size()) return text.size();
  const void* found = std::memchr(text.data() + at, wanted, text.size() - at);
  return found == nullptr ? text.size()
                          : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

}  // namespace studiosync
