// Which tokens were looked into, so that what several readings have in common is looked into once.
// Lossy: what is forgotten is looked into once more. Not thread-safe.
#pragma once

#include <cstddef>
#include <vector>

#include "core/sanitizer/sql/sql_lexer.hpp"

namespace studiosync {

class TokenMemo {
 public:
  // Takes memory for a text of that size: about half a byte for each of its bytes, at most 2.5 MiB.
  void make_room(std::size_t text_bytes);

  // False when it is known already.
  bool add(const SqlToken& token) noexcept;

 private:
  std::vector<SqlToken> tokens_;  // a power of two of them
};

}  // namespace studiosync
