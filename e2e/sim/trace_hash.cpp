#include "e2e/sim/trace_hash.hpp"

#include <bit>
#include <cstddef>

#include "core/base/hex.hpp"

namespace studiosync::e2e {
namespace {

// The finalizer of MurmurHash3 (Appleby): every bit of the input reaches every bit of the result.
std::uint64_t mix(std::uint64_t word) noexcept {
  word ^= word >> 33U;
  word *= 0xFF51AFD7ED558CCDULL;
  word ^= word >> 33U;
  word *= 0xC4CEB9FE1A85EC53ULL;
  return word ^ (word >> 33U);
}

// Independent of the machine's byte order; a compiler makes one load of eight bytes.
template <std::size_t size>
std::uint64_t word_of(const char* bytes) noexcept {
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < size; ++i) {
    word |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
  }
  return word;
}

}  // namespace

void TraceHash::add(std::uint64_t word) noexcept {
  state_ = std::rotl(state_ ^ mix(word), 27) * 0x9FB21C651E98DF25ULL + 0x52DCE729;
}

void TraceHash::add(std::string_view bytes) noexcept {
  add(bytes.size());
  std::size_t at = 0;
  for (; at + 8 <= bytes.size(); at += 8) add(word_of<8>(bytes.data() + at));
  for (; at < bytes.size(); ++at) add(word_of<1>(bytes.data() + at));
}

std::uint64_t TraceHash::value() const noexcept {
  return mix(state_);
}

std::string TraceHash::text() const {
  return hex64(value());
}

}  // namespace studiosync::e2e
