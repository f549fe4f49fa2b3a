// Which tokens are told by their first byte and the byte behind them alone: most of them. Immutable
// tables; any thread.
#pragma once

#include <array>
#include <cstdint>

#include "core/sanitizer/sql/sql_reading.hpp"
#include "core/sanitizer/sql/sql_token.hpp"

namespace studiosync {

// Of one byte. Classes are bits.
struct PlainToken {
  SqlTokenKind kind = SqlTokenKind::punctuation;  // of the run (ByteBlock) that begins with it,
  std::uint16_t enders = 0;                       // as long as one of these stands behind the run
  std::uint16_t of_class = 0;                     // its own
};

using PlainTokens = std::array<PlainToken, 256>;

const PlainTokens& plain_tokens(const SqlReading& reading) noexcept;

}  // namespace studiosync
