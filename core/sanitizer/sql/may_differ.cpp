#include "core/sanitizer/sql/reading_followers.hpp"
#include "core/sanitizer/sql/sql_lexer.hpp"

namespace studiosync {

namespace {

// Lexes once, with the leader. Between marks the others cannot read differently; near a mark they
// read the one token that may be another for it.
Followers part_from(std::string_view text, std::size_t begin, const SqlReading& leader,
                    Followers followers) {
  Followers parted;
  followers.follow(leader);
  NearMarks marks(text, begin, followers.marks());
  SqlLexer lexer(text, leader, begin);
  SqlToken token;
  while (!followers.empty() && !marks.passed(token)) {
    const SqlLexer before = lexer;
    token = lexer.next();
    const SqlMarks near = marks.near(token);
    if (near == 0) continue;
    if (followers.part(before, token, near, parted)) marks.want(followers.marks());
    if (token.kind == SqlTokenKind::end) break;
  }
  return parted;
}

}  // namespace

bool may_differ(std::string_view text, const SqlReading& left, const SqlReading& right) {
  Followers followers;
  followers.add(right);
  return !part_from(text, 0, left, followers).empty();
}

SqlReadings different_readings(std::string_view text, std::size_t begin, Followers unread) {
  SqlReadings readings;
  while (!unread.empty()) {
    readings.push_back(unread.first());
    unread = part_from(text, begin, unread.first(), unread);
  }
  return readings;
}

SqlReadings readings_of(std::string_view text) {
  const SqlReading& standard = SqlReading::standard();
  SqlReadings readings;
  readings.push_back(standard);
  const Followers parted = part_from(text, 0, standard, Followers::dialects());
  const SqlReadings others = different_readings(text, 0, parted);
  for (std::size_t i = 0; i < others.size(); ++i) readings.push_back(others[i]);
  return readings;
}

}  // namespace studiosync
