#include "core/sanitizer/sql/sql_stretch.hpp"

#include <algorithm>
#include <new>

#include "core/sanitizer/sql/token_trail.hpp"
#include "core/sanitizer/value/ascii.hpp"

namespace studiosync {

StatementWalk StatementWalk::read_as(const SqlReading& reading, std::size_t begin) const {
  StatementWalk other(text_, begin, reading);
  other.copy_ = copy_;
  other.copy_.end_statement();
  return other;
}

const SqlToken& StatementWalk::next() {
  newest_ = 1 - newest_;
  // Made in place: to copy a token that was written byte by byte costs more than to read it.
  SqlToken& token = *::new (static_cast<void*>(&tokens_[newest_])) SqlToken(lexer_.next());
  switch (token.kind) {
    case SqlTokenKind::punctuation:
      count_open(text_[token.begin]);
      break;
    case SqlTokenKind::word:
      see_word(spelling_of(text_, token));
      return token;
    case SqlTokenKind::name:
      separates_ = separates_ || equals_folded(name_of(text_, token), "openrowset");
      return token;
    default:
      break;
  }
  if (is_at_end()) end_statement();
  return token;
}

void StatementWalk::see_word(std::string_view word) noexcept {
  const Term term = term_of(word);
  if (!term) return;
  separates_ = separates_ || term == "openrowset";
  copy_.see_word(term, term_of(spelling_of(text_, before())));
}

void StatementWalk::end_statement() {
  const CopyData::Rows rows = copy_.rows_behind(text_, last().end);
  if (rows.end != 0) lexer_ = SqlLexer(text_, *reading_, rows.end);
  copy_.end_statement();
  open_ = 0;
  separates_ = false;
}

void StatementWalk::count_open(char sign) noexcept {
  if (sign == '(' || sign == '[' || sign == '{') ++open_;
  if ((sign == ')' || sign == ']' || sign == '}') && open_ > 0) --open_;
}

bool StatementWalk::is_at_end() const noexcept {
  if (last().kind == SqlTokenKind::end || last().kind == SqlTokenKind::command) return true;
  // openrowset('…'; '…'; …)
  const bool ends = !separates_ || open_ == 0;
  return last().kind == SqlTokenKind::punctuation && text_[last().begin] == ';' && ends &&
         !lexer_.is_executed();
}

bool StatementWalk::ends_at(std::size_t end) {
  if (end == text_.size()) return true;
  while (last().end < end && next().kind != SqlTokenKind::end) {
  }
  return last().end == end && is_at_end();
}

SqlStretches::SqlStretches(std::string_view text)
    : text_(text),
      followers_(Followers::dialects()),
      marks_((followers_.follow(SqlReading::standard()), NearMarks(text, 0, followers_.marks()))),
      leader_(text, 0, SqlReading::standard()) {}

std::optional<SqlStretch> SqlStretches::next() {
  while (closed_size_ == 0) {
    if (!read_statement()) return {};
  }
  return take_closed();
}

// False when nothing is left that could differ.
bool SqlStretches::read_statement() {
  do {
    const bool over = marks_.passed(last_) || (last_.kind == SqlTokenKind::end && last_.end != 0);
    if (apart_size_ == 0 && over) return false;
    const SqlLexer before = leader_.lexer();
    last_ = leader_.next();
    if (const SqlMarks near = marks_.near(last_); near != 0) part(before, near);
  } while (!leader_.is_at_end());
  close(last_.end);
  statement_ = last_.end;
  return true;
}

// Those that part read the statement by themselves.
void SqlStretches::part(const SqlLexer& before, SqlMarks near) {
  Followers parted;
  if (!followers_.part(before, last_, near, parted)) return;
  for (std::size_t i = 0; i < parted.size(); ++i) {
    apart_[apart_size_++] = leader_.read_as(parted[i], statement_);
  }
}

void SqlStretches::close(std::size_t end) {
  const auto first = apart_.begin();
  const auto closed = std::partition(first, first + static_cast<std::ptrdiff_t>(apart_size_),
                                     [&](StatementWalk& walk) { return walk.ends_at(end); });
  closed_size_ = static_cast<std::size_t>(closed - first);
}

// Those that ended and began together; they are in step again.
SqlStretch SqlStretches::take_closed() {
  SqlStretch stretch{.begin = apart_[0].begin(), .end = last_.end, .readings = {}};
  Followers ended;
  for (std::size_t i = 0; i < closed_size_;) {
    if (apart_[i].begin() != stretch.begin) {
      ++i;
      continue;
    }
    ended.add(apart_[i].reading());
    followers_.add(apart_[i].reading());
    apart_[i] = apart_[--closed_size_];
    apart_[closed_size_] = apart_[--apart_size_];
  }
  followers_.follow(SqlReading::standard());
  stretch.readings = different_readings(text_.substr(0, stretch.end), stretch.begin, ended);
  return stretch;
}

}  // namespace studiosync
