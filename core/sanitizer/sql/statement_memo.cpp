#include "core/sanitizer/sql/statement_memo.hpp"

#include <algorithm>
#include <bit>

namespace studiosync {

void StatementMemo::make_room(std::size_t text_bytes) {
  constexpr std::size_t bytes_of_a_statement = 32;
  constexpr std::size_t statements_min = 64;
  constexpr std::size_t statements_max = 1U << 17;
  const std::size_t wanted =
      std::clamp(std::bit_ceil(text_bytes / bytes_of_a_statement), statements_min, statements_max);
  if (statements_.size() < wanted) statements_.assign(wanted, {});
}

// Neighbours for the readings that part at one place.
std::size_t StatementMemo::slot(std::size_t begin, std::size_t leader) const noexcept {
  const std::size_t mixed = begin * 0x9e3779b97f4a7c15U >> 32U;
  return (mixed + leader) & (statements_.size() - 1);
}

void StatementMemo::add(const ReadStatement& statement) noexcept {
  statements_[slot(statement.begin, statement.readings.first())] = statement;
}

const ReadStatement* StatementMemo::find(std::size_t begin, std::size_t reading) const noexcept {
  for (std::size_t leader = 0; leader <= reading; ++leader) {
    const ReadStatement& statement = statements_[slot(begin, leader)];
    if (statement.end != 0 && statement.begin == begin && statement.readings.has(reading)) {
      return &statement;
    }
  }
  return nullptr;
}

}  // namespace studiosync
