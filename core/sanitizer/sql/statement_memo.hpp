// Which statements were read, so that a text that is read again from other places does so only
// where these lead to other statements. Lossy: what is forgotten is read once more. Not
// thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/sanitizer/sql/reading_set.hpp"

namespace studiosync {

struct ReadStatement {
  std::uint32_t begin = 0;  // its first token
  std::uint32_t end = 0;
  ReadingSet readings;    // that take it apart alike; none: no statement
  bool in_doubt = false;  // its quotes may not match
};

static_assert(sizeof(ReadStatement) == 12);

class StatementMemo {
 public:
  // Takes memory for a text of that size: 0.4 bytes for each of its bytes, at most 1.5 MiB.
  void make_room(std::size_t text_bytes);

  void add(const ReadStatement& statement) noexcept;
  // The one at `begin` that this reading took part in; null when none is known.
  const ReadStatement* find(std::size_t begin, std::size_t reading) const noexcept;

 private:
  std::size_t bucket_of(std::size_t begin) const noexcept;

  std::vector<ReadStatement> statements_;  // a power of two of them
  std::size_t next_victim_ = 0;            // in a bucket without room
};

}  // namespace studiosync
