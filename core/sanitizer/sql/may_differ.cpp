#include "core/sanitizer/sql/reading_set.hpp"

namespace studiosync {
namespace {

std::size_t number_of(const SqlReading& reading) noexcept {
  std::size_t number = 0;
  while (!(reading_at(number) == reading)) ++number;
  return number;
}

// Those of `followers` that do not read `text` like the leader. Lexes once, with the leader:
// between marks the others cannot read differently; near a mark they read the one token that may be
// another for it.
ReadingSet parted_from(std::string_view text, std::size_t leader, ReadingSet followers) {
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

}  // namespace

bool may_differ(std::string_view text, const SqlReading& left, const SqlReading& right) {
  ReadingSet follower;
  follower.add(number_of(right));
  return !parted_from(text, number_of(left), follower).empty();
}

SqlReadings readings_of(std::string_view text) {
  SqlReadings readings;
  for (ReadingSet unread = ReadingSet::all(); !unread.empty();) {
    const std::size_t leader = unread.first();
    readings.push_back(reading_at(leader));
    unread.remove(leader);
    unread = parted_from(text, leader, unread);
  }
  return readings;
}

}  // namespace studiosync
