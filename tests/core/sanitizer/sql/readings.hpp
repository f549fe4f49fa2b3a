// Which readings take a text apart differently: what SqlReader finds out statement by statement, of
// a whole text. By the same marks and the same `parted_at`, so that tests hold these to the lexer.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "core/sanitizer/sql/reading_set.hpp"

namespace studiosync {

inline std::size_t number_of(const SqlReading& reading) noexcept {
  std::size_t number = 0;
  while (!(reading_at(number) == reading)) ++number;
  return number;
}

// Those of `followers` that do not read `text` like the leader. Lexes once, with the leader:
// between marks the others cannot read differently; near a mark they read the one token that may be
// another for it.
inline ReadingSet parted_from(std::string_view text, std::size_t leader, ReadingSet followers) {
  ReadingSet parted;
  NearMarks marks(text, 0, marks_of_readings());
  SqlLexer lexer(text, reading_at(leader));
  SqlToken token;
  do {
    const bool executed = lexer.is_executed();
    token = lexer.next();
    const LedToken led{token, executed, marks.near(token)};
    const ReadingSet apart = parted_at(text, led, leader, followers);
    followers.remove(apart);
    parted.add(apart);
  } while (!followers.empty() && token.kind != SqlTokenKind::end);
  return parted;
}

// Whether the two readings take `text` apart differently.
inline bool may_differ(std::string_view text, const SqlReading& left, const SqlReading& right) {
  ReadingSet follower;
  follower.add(number_of(right));
  return !parted_from(text, number_of(left), follower).empty();
}

// Every way to read `text`, each once: the standard one, and those of the other dialects that take
// this text apart differently from it and from one another.
inline std::vector<SqlReading> readings_of(std::string_view text) {
  std::vector<SqlReading> readings;
  for (ReadingSet unread = ReadingSet::all(); !unread.empty();) {
    const std::size_t leader = unread.first();
    readings.push_back(reading_at(leader));
    unread.remove(leader);
    unread = parted_from(text, leader, unread);
  }
  return readings;
}

}  // namespace studiosync
