#include "core/sanitizer/sql/statement_memo.hpp"

#include <algorithm>
#include <bit>

namespace studiosync {

namespace {

// Statements of one hash lie side by side: one for each reading has room.
constexpr std::size_t bucket_statements = sql_readings_max;

}  // namespace

void StatementMemo::make_room(std::size_t text_bytes) {
  constexpr std::size_t bytes_of_a_statement = 32;
  constexpr std::size_t statements_min = 64;
  constexpr std::size_t statements_max = 1U << 17;
  const std::size_t wanted =
      std::clamp(std::bit_ceil(text_bytes / bytes_of_a_statement), statements_min, statements_max);
  if (statements_.size() < wanted) statements_.assign(wanted, {});
}

std::size_t StatementMemo::bucket_of(std::size_t begin) const noexcept {
  const std::size_t mixed = begin * 0x9e3779b97f4a7c15U >> 40U;
  return (mixed & (statements_.size() / bucket_statements - 1)) * bucket_statements;
}

void StatementMemo::add(const ReadStatement& statement) noexcept {
  ReadStatement* const first = statements_.data() + bucket_of(statement.begin);
  ReadStatement* const end = first + bucket_statements;
  ReadStatement* const free =
      std::find_if(first, end, [](const ReadStatement& known) { return known.readings.empty(); });
  (free == end ? first[next_victim_++ % bucket_statements] : *free) = statement;
}

const ReadStatement* StatementMemo::find(std::size_t begin, std::size_t reading) const noexcept {
  const ReadStatement* const first = statements_.data() + bucket_of(begin);
  const ReadStatement* const end = first + bucket_statements;
  const auto found = std::find_if(first, end, [&](const ReadStatement& statement) {
    return statement.begin == begin && statement.readings.has(reading);
  });
  return found == end ? nullptr : found;
}

}  // namespace studiosync
