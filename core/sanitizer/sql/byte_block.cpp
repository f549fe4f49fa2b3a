#include "core/sanitizer/sql/byte_block.hpp"

#include <array>
#include <cstring>

#include "core/sanitizer/sql/byte_scan.hpp"

namespace studiosync {
namespace {

// Which of the 64 bytes the search stops at.
template <typename Stop>
std::uint64_t stops(const char* from) noexcept {
  std::uint64_t bits = 0;
#if defined(__SSE2__)
#pragma GCC unroll 4
  for (std::size_t i = 0; i < ByteBlock::bytes; i += sse::lanes) {
    const int lanes = _mm_movemask_epi8(Stop::stops(sse::load(from + i)));
    bits |= std::uint64_t{static_cast<std::uint16_t>(lanes)} << i;
  }
#else
  for (std::size_t i = 0; i < ByteBlock::bytes; ++i) {
    bits |= std::uint64_t{Stop::stops(from[i])} << i;
  }
#endif
  return bits;
}

}  // namespace

void ByteBlock::load(std::string_view text, std::size_t at) noexcept {
  const char* from = text.data() + at;
  std::array<char, bytes> last;
  if (text.size() - at < bytes) {
    last.fill(' ');
    std::memcpy(last.data(), from, text.size() - at);
    from = last.data();
  }
  const std::uint64_t words = ~stops<NoWordByte>(from);
  // Of no meaning when the run is the whole block: then it is not left out.
  const int left_out = std::countl_one(words) % static_cast<int>(bytes);
  const std::uint64_t kept = ~std::uint64_t{0} >> left_out;
  begin_ = at;
  end_ = at + bytes - static_cast<std::size_t>(left_out);
  solids_ = stops<NoSpace>(from) & kept;
  firsts_ = solids_ & ~(words & (words << 1U));
  lasts_ = solids_ & ~(words & (words >> 1U));
}

void ByteBlock::skip_to(std::size_t at) noexcept {
  if (at >= end_) {
    end_ = at;
    firsts_ = 0;
    lasts_ = 0;
    return;
  }
  const std::uint64_t here = std::uint64_t{1} << (at - begin_);
  firsts_ = (firsts_ & ~(here - 1)) | (solids_ & here);
  lasts_ &= ~(here - 1);
}

}  // namespace studiosync
