#include "core/sanitizer/sql/token_memo.hpp"

#include <algorithm>
#include <bit>

namespace studiosync {

void TokenMemo::make_room(std::size_t text_bytes) {
  constexpr std::size_t bytes_of_a_token = 32;
  constexpr std::size_t tokens_min = 64;
  constexpr std::size_t tokens_max = 1U << 17;
  const std::size_t wanted =
      std::clamp(std::bit_ceil(text_bytes / bytes_of_a_token), tokens_min, tokens_max);
  if (tokens_.size() < wanted) tokens_.assign(wanted, {});
}

bool TokenMemo::add(const SqlToken& token) noexcept {
  const std::size_t mixed = (std::size_t{token.begin} << 32U | token.end) * 0x9e3779b97f4a7c15U;
  SqlToken& slot = tokens_[(mixed >> 40U) & (tokens_.size() - 1)];
  if (slot == token) return false;
  slot = token;
  return true;
}

}  // namespace studiosync
