#include "core/sanitizer/sql/text_words.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "core/sanitizer/sql/word_bits.hpp"

namespace studiosync {

void TextWords::load(std::size_t at) noexcept {
  constexpr std::size_t block_bytes = 64;
  const std::size_t bytes = std::min(block_bytes, text_.size() - std::min(at, text_.size()));
  begin_ = at;
  end_ = at + bytes;
  if (bytes == block_bytes) {
    bits_ = word_bits(text_.data() + at);
    return;
  }
  std::array<char, block_bytes> last{};
  std::memcpy(last.data(), text_.data() + text_.size() - bytes, bytes);
  bits_ = word_bits(last.data());
}

}  // namespace studiosync
