#include "core/sanitizer/sql/sql_scanner.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "core/sanitizer/sql/clause_rules.hpp"
#include "core/sanitizer/sql/client_lines.hpp"
#include "core/sanitizer/sql/credential_list.hpp"
#include "core/sanitizer/sql/named_rules.hpp"
#include "core/sanitizer/sql/sql_rule_list.hpp"
#include "core/sanitizer/sql/token_pattern.hpp"
#include "core/sanitizer/sql/value_filter.hpp"
#include "core/sanitizer/sql/verbs.hpp"

namespace studiosync {
namespace {

constexpr auto npos = std::string_view::npos;

// Whether something could stand in there: not for 'abc' or 'order_id', nor where something stood.
bool is_worth_a_look(std::string_view body) noexcept {
  constexpr std::size_t bytes_min = 6;
  constexpr std::size_t name_bytes_max = 12;
  if (body.size() < bytes_min || body == redaction_mark) return false;
  return body.size() >= name_bytes_max || !std::all_of(body.begin(), body.end(), is_word_char);
}

// Written as people write it in chats, P@ssw0rd! is more than one token.
std::size_t end_of_bare(std::string_view text, std::size_t at) noexcept {
  constexpr std::string_view ends = " \t\r\n\v\f;,()'\"`";
  const std::size_t end = std::min(text.find_first_of(ends, at), text.size());
  // A comment may begin without a blank.
  return std::min(text.substr(at, end - at).find("/*"), end - at) + at;
}

bool is_hexadecimal(std::string_view text, const SqlToken& token) noexcept {
  return to_lower(text[token.begin]) == 'x' && token.body_begin == token.begin + 2;
}

// Numbers are rarely credentials: hashes, and what is long enough for a PIN.
bool may_be_secret_number(std::string_view number) noexcept {
  constexpr std::size_t digits_min = 4;
  return number.size() >= digits_min && number.find('.') == npos;
}

// :'name' of psql, where no key of an object stands before the colon.
bool is_client_variable(std::string_view text, const StatementState& state,
                        const SqlToken& token) noexcept {
  const Spot spot(text, state.trail);
  const SqlToken& colon = spot.back(0);
  if (!spot.is(0, ":") || colon.end != token.begin || colon.begin == 0) return false;
  if (!is_space(text[colon.begin - 1]) && text[colon.begin - 1] != '=') return false;
  const NestingFrame* frame = state.nesting.enclosing(0);
  const bool in_object =
      frame != nullptr && frame->function.empty() && (spot.is(2, ",") || spot.is(2, "{"));
  const std::string_view name = name_of(text, token);
  return !in_object && std::all_of(name.begin(), name.end(), is_word_char);
}

// 7Q72l, as a key may begin.
bool continues_as_word(std::string_view text, std::size_t at) noexcept {
  return at < text.size() && (is_word_char(text[at]) || text[at] == '+' || text[at] == '/');
}

// What tells the inside of a token from that of others. Readings disagree on what a token is more
// often than on what stands in it.
std::uint64_t inside_key(std::string_view text, const SqlToken& token) noexcept {
  // 0x53…, x'53…', $$…$$: the beginning says how it is read and replaced.
  const bool told_by_begin = std::string_view("0xX$").find(text[token.begin]) != npos;
  const bool literal = token.kind == SqlTokenKind::text || token.kind == SqlTokenKind::name;
  const SqlQuoting quoting =
      token.quoting == SqlQuoting::none ? SqlQuoting::verbatim : token.quoting;
  const std::uint64_t begin = told_by_begin ? token.begin : token.body_begin;
  // Both below 1 GiB; of the four ways of quoting the last two bits suffice.
  static_assert(scan_bytes_max < 1U << 30U);
  const std::uint64_t flags = (static_cast<std::uint64_t>(quoting) & 3U) << 2U |
                              (literal ? 2U : 0U) | (told_by_begin ? 1U : 0U);
  return begin << 34U | (token.body_end - begin) << 4U | flags;
}

// Of all pieces of a value and what stands between them.
std::uint64_t joined_key(std::span<const ValueChain::Piece> pieces) noexcept {
  std::uint64_t key = 1;
  for (const ValueChain::Piece& piece : pieces) {
    const std::uint64_t unknown = piece.after_unknown ? 1U : 0U;
    key ^= unknown << 63U | std::uint64_t{piece.token.begin} << 32U | piece.token.end;
    key *= 0x9e3779b97f4a7c15U;
    key ^= key >> 32U;
  }
  return key;
}

// EXECUTE IMMEDIATE '…', EXEC('…'): the text is a statement.
bool is_executed(const Spot& spot) noexcept {
  static constexpr TermSet words{"immediate", "execute", "exec"};
  return words.has(spot.term(spot.is(0, "(") ? 1 : 0));
}

bool is_sign(std::string_view text, const SqlToken& token, char sign) noexcept {
  return token.end == token.begin + 1 && text[token.begin] == sign;
}

}  // namespace

void SqlScanner::begin(std::string_view text, std::size_t known_end) {
  // What is known of the rest of one text says nothing about another one.
  if (text.data() + text.size() != text_.data() + text_.size()) copy_ = {};
  text_ = text;
  known_end_ = known_end;
  if (!statement_ended_) end_statement();
}

bool SqlScanner::take(const SqlToken& token) {
  statement_ended_ = false;
  data_end_ = 0;
  if (!token.closed) in_doubt_ = true;
  read(token);
  return statement_ended_ || token.kind == SqlTokenKind::end;
}

void SqlScanner::read(const SqlToken& token) {
  if (token.kind == SqlTokenKind::executed) return;
  if (token.kind == SqlTokenKind::comment) return offer(token);
  const Term term = term_of(text_, token);
  carried_.reset();
  if (chain_.is_open() && !chain_.take(token, term, state_.nesting.enclosing(0))) {
    if (chain_.is_full() && chain_.is_joined()) carried_ = chain_.position();
    finish_chain(token);
  }
  report_named_behind(token, term);
  NestingFrame& frame = state_.nesting.innermost();
  if (frame.first.kind == SqlTokenKind::end) frame.first = token;
  switch (token.kind) {
    case SqlTokenKind::text:
      take_text(token);
      break;
    case SqlTokenKind::command:
      return take_command(token);
    case SqlTokenKind::punctuation:
      take_punctuation(token);
      break;
    case SqlTokenKind::word:
      take_bare(token, term);
      take_word(token, term);
      break;
    case SqlTokenKind::name:
    case SqlTokenKind::number:
      take_bare(token, term);
      break;
    case SqlTokenKind::parameter:
      take_parameter(token);
      break;
    default:
      break;
  }
  state_.trail.push(token, term);
}

// Values that were seen before, and get their name only now.
void SqlScanner::report_named_behind(const SqlToken& token, Term term) {
  if (derived_.waits_for(term)) report_derived(token, term);
  if (state_.verb == Verb::manipulate && wrapped_.waits_for(token.kind)) {
    report_wrapped(token, term);
  }
}

void SqlScanner::report_derived(const SqlToken& token, Term term) {
  const auto column = derived_.see(text_, token, term, state_.trail.back(0), state_.nesting);
  if (!column) return;
  for (const DerivedRows::Value& value : derived_.values()) {
    if (value.column == column->index) report_text(value.token, column->position);
  }
}

void SqlScanner::report_wrapped(const SqlToken& token, Term term) {
  const auto position = wrapped_.see(text_, token, term, state_.nesting);
  if (!position) return;
  for (const SqlToken& value : wrapped_.values()) report_text(value, *position);
  wrapped_.clear();
}

void SqlScanner::take_parameter(const SqlToken& token) {
  if (!state_.prepared.is_preparing()) return;
  state_.prepared.see_parameter(spelling_of(text_, token), value_position(text_, state_));
}

void SqlScanner::take_copied_rows(std::size_t at) {
  const CopyData::Rows rows = copy_.rows_behind(text_, at);
  if (rows.end == 0) return;
  copy_.find(text_, rows, state_.insert, sink_);
  data_end_ = rows.end;
}

void SqlScanner::take_text(const SqlToken& token) {
  const SqlToken& last = state_.trail.back(0);
  if (last.kind == SqlTokenKind::word && last.end == token.begin) in_doubt_ = true;
  // COLLATE "C": a name.
  const bool value = state_.trail.term(0) != "collate";
  if (!chain_.is_open() && value) {
    chain_.begin(token, carried_ ? *carried_ : position_of_text(token));
  }
  if (state_.nesting.innermost().insert_row) {
    state_.insert.see_value(state_.nesting.argument(0), name_of(text_, token));
  }
  if (const auto found = setting_.see(Spot(text_, state_.trail), token)) {
    report_text(found->value, found->position);
  }
  offer(token);
}

Position SqlScanner::position_of_text(const SqlToken& token) const {
  return is_client_variable(text_, state_, token) ? Position{} : value_position(text_, state_);
}

void SqlScanner::report_text(const SqlToken& token, const Position& position) {
  if (!is_credential(name_of(text_, token), position)) return;
  report_body(token, position);
}

// '"…"' is a text of JSON, and shall remain one.
void SqlScanner::report_body(const SqlToken& token, const Position& position) {
  const std::string_view body = name_of(text_, token);
  const bool quoted = body.size() > 2 && body.front() == '"' && body.back() == '"';
  const std::size_t margin = quoted ? 1 : 0;
  sink_.hit(*position.rule, token.body_begin + margin, token.body_end - margin, Replace::body);
}

void SqlScanner::take_bare(const SqlToken& token, Term term) {
  const Spot spot(text_, state_.trail);
  const std::string_view spelling = spelling_of(text_, token);
  const bool number = token.kind == SqlTokenKind::number && may_be_secret_number(spelling);
  if (!number && !may_end_clause(spot) && assignment_tokens(spot, 0) == 0) return;
  Position position = bare_clause_position(spot, token.kind, state_.verb, mode_ == Mode::prose);
  if (!position && number) position = value_position(text_, state_);
  if (!position && token.kind == SqlTokenKind::word) position = define_position(spot);
  if (!position && token.kind != SqlTokenKind::name) position = bare_setting_position(spot);
  if (position) report_bare(token, term, position);
}

void SqlScanner::report_bare(const SqlToken& token, Term term, const Position& position) {
  if (token.kind == SqlTokenKind::name) {
    return report_text(token, position);
  }
  if (is_clause_keyword(term)) return;
  const bool goes_on = token.kind == SqlTokenKind::word || continues_as_word(text_, token.end);
  const std::size_t end = goes_on ? end_of_bare(text_, token.end) : token.end;
  // _utf8mb4'…': what counts is the text.
  if (end < text_.size() && text_[end] == '\'' && end == token.end) return;
  if (!is_credential(text_.substr(token.begin, end - token.begin), position)) return;
  const bool name = position.rule == &sql_rule::identified_by;
  sink_.hit(*position.rule, token.begin, end, name ? Replace::quoted_name : Replace::literal);
}

void SqlScanner::take_command(const SqlToken& token) {
  offer(token);
  find_in_client_command(text_, token, sink_);
  end_statement();
}

void SqlScanner::take_punctuation(const SqlToken& token) {
  switch (text_[token.begin]) {
    case '(':
    case '[':
    case '{':
      if (token.end != token.begin + 1) return;
      state_.nesting.open(text_, state_.trail, state_.verb);
      if (text_[token.begin] == '(') state_.insert.open(text_, state_.nesting);
      return;
    case ')':
    case ']':
    case '}':
      if (token.end != token.begin + 1) return;
      state_.insert.end_column(text_, state_.trail.back(0), state_.nesting);
      state_.insert.close(state_.nesting);
      if (const NestingFrame* frame = state_.nesting.close()) state_.verb = frame->outer_verb;
      return;
    case ',':
      state_.insert.end_column(text_, state_.trail.back(0), state_.nesting);
      ++state_.nesting.innermost().argument;
      return;
    case ';': {
      const NestingFrame* frame = state_.nesting.enclosing(0);
      if (frame != nullptr && frame->function_term == "openrowset") {
        ++state_.nesting.innermost().argument;
      } else {
        take_copied_rows(token.end);
        end_statement();
      }
      return;
    }
    default:
      return;
  }
}

void SqlScanner::take_word(const SqlToken& token, Term term) {
  state_.verb = verb_after(spelling_of(text_, token), term, state_.verb);
  const Spot spot(text_, state_.trail);
  state_.prepared.see_name(spot, token);
  if (!term) return;
  if (term == "database" && state_.verb == Verb::define) state_.of_database = true;
  copy_.see_word(term, spot.term(0));
  state_.insert.see_word(term, state_.nesting);
}

void SqlScanner::end_statement() {
  state_.trail.clear();
  state_.nesting.clear();
  state_.insert.clear();
  setting_.clear();
  derived_.clear();
  wrapped_.clear();
  copy_.end_statement();
  state_.prepared.end_statement();
  state_.verb = Verb::none;
  state_.of_database = false;
  statement_ended_ = true;
}

void SqlScanner::finish_chain(const SqlToken& next) {
  if (const Position position = position_of_chain(next)) report_chain(position);
  if (chain_.pieces().size() > 1) offer_joined();
  chain_.clear();
}

Position SqlScanner::position_of_chain(const SqlToken& next) const {
  const Position& position = chain_.position();
  if (position) {
    const bool call_ends = is_sign(text_, next, ')');
    return position.last_argument && !call_ends ? Position{} : position;
  }
  if (chain_.name().kind == SqlTokenKind::end) return {};
  if (chain_.name_is_alias() && state_.verb != Verb::manipulate) return {};
  const std::optional<Claim> claim = claim_of_token(text_, chain_.name());
  if (!claim) return {};
  const Rule& rule = chain_.name_is_alias() ? sql_rule::aliased_value : sql_rule::named_value;
  return {.rule = &rule, .claim = *claim, .pattern = chain_.name_is_searched()};
}

void SqlScanner::report_chain(const Position& position) {
  std::string joined;
  const auto pieces = chain_.pieces();
  if (position.lists_pairs) {
    for (const ValueChain::Piece& piece : pieces) {
      find_in_credential_list(text_, piece.token, *position.rule, sink_);
    }
    return;
  }
  std::string_view value = name_of(text_, pieces.front().token);
  if (pieces.size() > 1) {
    for (const ValueChain::Piece& piece : pieces) joined += name_of(text_, piece.token);
    value = joined;
  }
  if (!is_credential(value, position)) return;
  for (const ValueChain::Piece& piece : pieces) {
    const SqlToken& token = piece.token;
    if (token.body_begin == token.body_end) continue;
    if (is_hexadecimal(text_, token)) {
      sink_.hit(*position.rule, token.begin, token.end, Replace::literal);
    } else if (pieces.size() == 1) {
      report_body(token, position);
    } else {
      sink_.hit(*position.rule, token.body_begin, token.body_end, Replace::body);
    }
  }
}

void SqlScanner::offer_joined() {
  constexpr std::size_t joined_bytes_max = 1U << 16;
  const auto pieces = chain_.pieces();
  if (pieces.back().token.end <= known_end_ || !joined_.add(joined_key(pieces))) return;
  view_.clear();
  for (const ValueChain::Piece& piece : pieces) {
    if (piece.after_unknown) view_.append_unknown();
    if (view_.text().size() + (piece.token.end - piece.token.begin) > joined_bytes_max) break;
    view_.append(text_, piece.token);
  }
  if (is_worth_a_look(view_.text())) sink_.inner(view_);
}

void SqlScanner::offer(const SqlToken& token) {
  const bool seen_as_prose =
      token.quoting == SqlQuoting::verbatim || token.quoting == SqlQuoting::none;
  if (mode_ == Mode::prose && seen_as_prose && !is_executed(Spot(text_, state_.trail))) return;
  if (!is_worth_a_look(name_of(text_, token)) || token.end <= known_end_) return;
  if (!offered_.add(inside_key(text_, token))) return;
  view_.clear();
  view_.append(text_, token);
  sink_.inner(view_);
}

}  // namespace studiosync
