#include "core/sanitizer/sql/sql_reader.hpp"

#include <algorithm>

#include "core/sanitizer/sql/statement_begin.hpp"
#include "core/sanitizer/sql/token_trail.hpp"
#include "core/sanitizer/value/ascii.hpp"

namespace studiosync {
namespace {

constexpr auto npos = std::string_view::npos;

// Whether quotes may not match at a token; `last` is the one before.
bool is_doubtful(const SqlToken& last, const SqlToken& token) noexcept {
  return !token.closed || (token.kind == SqlTokenKind::text && last.kind == SqlTokenKind::word &&
                           last.end == token.begin);  // it's
}

// Whether a word speaks of what comes behind the statement: PREPARE of its values, DECLARE of a
// block's constants, COPY FROM stdin of its rows.
bool reaches_further(std::string_view text, const SqlToken& token) noexcept {
  if (token.kind != SqlTokenKind::word) return false;
  const std::string_view word = spelling_of(text, token);
  return equals_folded(word, "prepare") || equals_folded(word, "declare") ||
         equals_folded(word, "stdin");
}

bool ends_statement(std::string_view text, const SqlToken& token) noexcept {
  return token.kind == SqlTokenKind::end || token.kind == SqlTokenKind::command ||
         (token.kind == SqlTokenKind::punctuation && text[token.begin] == ';');
}

}  // namespace

void SqlReader::read_all(std::string_view text) {
  at_words_ = selective_ = false;
  start(text, 0);
  read();
}

void SqlReader::read_around(std::string_view text, std::span<const std::uint32_t> places) {
  // Below this a text is read sooner than divided.
  constexpr std::size_t divided_bytes_min = 1024;
  constexpr std::size_t bytes_of_a_place = 128;
  at_words_ = false;
  selective_ = text.size() >= std::max(divided_bytes_min, places.size() * bytes_of_a_place);
  places_ = places;
  start(text, 0);
  read();
}

void SqlReader::read_statements(std::string_view text, std::size_t begin) {
  if (begin == npos) return;
  at_words_ = true;
  selective_ = false;
  remembers_ = true;
  start(text, begin);
  read();
}

void SqlReader::start(std::string_view text, std::size_t begin) {
  text_ = text;
  marks_ = NearMarks(text, begin, marks_of_readings());
  memo_.make_room(remembers_ ? text.size() - begin : 0);
  scanner_.make_room(text.size() - begin);
  lexer_at_ = npos;
  cursors_.fill({.at = begin});
}

void SqlReader::read() {
  for (Group group = earliest(); group.begin != npos; group = earliest()) {
    if (!at_words_ || !skip_known(group)) read_group(group);
  }
}

// Those that stand farthest back, in the same state.
SqlReader::Group SqlReader::earliest() const noexcept {
  std::size_t leader = 0;
  for (std::size_t at = 1; at < cursors_.size(); ++at) {
    if (cursors_[at].at < cursors_[leader].at) leader = at;
  }
  const Cursor& first = cursors_[leader];
  Group group{.begin = first.at,
              .leader = leader,
              .readings = {},
              .lexer = lexer_at(first).read_as(reading_at(leader)),
              .marks = {},
              .token = {}};
  for (std::size_t at = leader; at < cursors_.size(); ++at) {
    const Cursor& other = cursors_[at];
    if (other.at == first.at && other.executed == first.executed) group.readings.add(at);
  }
  return group;
}

// In any reading.
SqlLexer SqlReader::lexer_at(const Cursor& cursor) const noexcept {
  const bool known = lexer_at_ == cursor.at && lexer_.is_executed() == cursor.executed;
  return known ? lexer_ : SqlLexer(text_, SqlReading::standard(), cursor.at, cursor.executed);
}

// Whether the group's statement was read before.
bool SqlReader::skip_known(const Group& group) {
  const ReadStatement* known = memo_.find(group.begin, group.leader);
  if (known == nullptr || known->end > text_.size()) return false;
  in_doubt_ = in_doubt_ || known->in_doubt;
  Group skipped = group;
  skipped.readings = group.readings & known->readings;
  go_on(skipped, known->end);
  return true;
}

void SqlReader::read_group(Group& group) {
  marks_.skip_to(group.begin);
  group.marks = marks_;
  Group passing = group;
  if (selective_ && pass(passing)) {
    group = passing;
    go_on(group, group.token.end);
  } else {
    go_on(group, scan(group));
  }
  // Those that have parted will come by the same marks.
  if (group.readings == ReadingSet::all()) marks_ = group.marks;
}

// Goes to the statement's end; false as soon as the statement must be scanned.
bool SqlReader::pass(Group& group) {
  const auto found = std::lower_bound(places_.begin(), places_.end(), group.begin);
  const std::size_t place = found == places_.end() ? npos : *found;
  do {
    const SqlToken last = group.token;
    advance(group);
    if (is_doubtful(last, group.token) || reaches_further(text_, group.token)) selective_ = false;
    if (!selective_ || group.token.end > place) return false;
  } while (!ends_statement(text_, group.token));
  return true;
}

// Returns where the next statement may begin.
std::size_t SqlReader::scan(Group& group) {
  const bool executed = group.lexer.is_executed();
  scanner_.begin(text_, cursors_[group.leader].known_end);
  std::size_t first = npos;
  std::size_t first_word = npos;  // no comment
  do {
    for (ReadingSet parted = advance(group); !parted.empty(); parted.remove(parted.first())) {
      cursors_[parted.first()].known_end = group.token.begin;
    }
    first = std::min<std::size_t>(first, group.token.begin);
    if (first_word == npos && group.token.kind != SqlTokenKind::comment) {
      first_word = group.token.begin;
    }
  } while (!scanner_.take(group.token));
  const std::size_t end = std::max<std::size_t>(group.token.end, scanner_.data_end());
  const bool doubt = scanner_.take_doubt();
  in_doubt_ = in_doubt_ || doubt;
  if (executed || group.lexer.is_executed() || group.token.kind == SqlTokenKind::end) return end;
  ReadStatement statement{.begin = static_cast<std::uint32_t>(first),
                          .end = static_cast<std::uint32_t>(end),
                          .readings = group.readings,
                          .in_doubt = doubt};
  memo_.add(statement);
  if (first_word == first) return end;
  // Comments in front change nothing.
  statement.begin = static_cast<std::uint32_t>(first_word);
  memo_.add(statement);
  return end;
}

// To the next token; returns the readings that part there.
ReadingSet SqlReader::advance(Group& group) {
  const bool executed = group.lexer.is_executed();
  group.token = group.lexer.next();
  ReadingSet followers = group.readings;
  followers.remove(group.leader);
  if (followers.empty()) return {};
  const SqlMarks near = group.marks.near(group.token);
  if (near == 0) return {};
  const LedToken led{group.token, executed, near};
  const ReadingSet parted = parted_at(text_, led, group.leader, followers);
  group.readings.remove(parted);
  return parted;
}

// Takes the group's readings to the next statement.
void SqlReader::go_on(const Group& group, std::size_t end) {
  const std::size_t next = end >= text_.size() ? npos
                           : at_words_         ? next_statement(text_, end)
                                               : end;
  const bool jumps = next != group.token.end || at_words_;
  if (!jumps) {
    lexer_ = group.lexer;
    lexer_at_ = next;
  }
  for (std::size_t at = group.leader; at < cursors_.size(); at = group.readings.next(at)) {
    cursors_[at].at = next;
    cursors_[at].executed = !jumps && group.lexer.is_executed();
  }
}

}  // namespace studiosync
