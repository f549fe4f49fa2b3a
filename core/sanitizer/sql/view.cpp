#include "core/sanitizer/sql/view.hpp"

#include <algorithm>

#include "core/sanitizer/sql/byte_scan.hpp"
#include "core/sanitizer/sql/escapes.hpp"

namespace studiosync {

namespace {

bool has_escapes(SqlQuoting quoting) noexcept {
  return quoting != SqlQuoting::none && quoting != SqlQuoting::verbatim;
}

// How an escape begins, beside the doubled quote.
char escape_mark(SqlQuoting quoting, char quote) noexcept {
  return quoting == SqlQuoting::doubled ? quote : '\\';
}

Escape read_escape(SqlQuoting quoting, std::string_view rest, char quote) noexcept {
  if (quote != '\0' && rest[0] == quote && byte_at(rest, 1) == quote) {
    return {.source_bytes = 2, .bytes = {quote}, .size = 1};
  }
  if (rest[0] != '\\') return {};
  return quoting == SqlQuoting::unicode ? read_unicode_escape(rest) : read_backslash_escape(rest);
}

// Texts in dollar quotes may hold quotes, those in q'[…]' only seemingly.
bool is_quoted(std::string_view original, const SqlToken& token) noexcept {
  const bool literal = token.kind == SqlTokenKind::text || token.kind == SqlTokenKind::name;
  return literal && original[token.begin] != '$';
}

}  // namespace

void View::clear() noexcept {
  quoted_ = false;
  borrowed_ = false;
  text_.clear();
  pieces_.clear();
}

void View::append(std::string_view original, const SqlToken& token) {
  const bool first = text().empty();
  own();
  quoted_ = quoted_ || is_quoted(original, token);
  if (const HexDigits hex = hex_digits(original, token); hex.begin != hex.end) {
    append_hex(original, hex.begin, hex.end);
  } else if (has_escapes(token.quoting)) {
    append_escaped(original, token);
  } else if (first) {
    borrowed_ = true;
    lent_from_ = token.body_begin;
    lent_ = original.substr(token.body_begin, token.body_end - token.body_begin);
  } else {
    append_verbatim(original, token.body_begin, token.body_end);
  }
}

void View::append_unknown() {
  own();
  append_piece({.source_step = 0});
  text_ += '?';
}

// Copies what was lent, so that more can follow.
void View::own() {
  if (!borrowed_) return;
  borrowed_ = false;
  pieces_.push_back({.source = lent_from_});
  text_ = lent_;
}

// Continues the last piece where the new one is more of the same.
void View::append_piece(const Piece& piece) {
  Piece next = piece;
  next.view = static_cast<std::uint32_t>(text_.size());
  if (!pieces_.empty()) {
    const Piece& last = pieces_.back();
    const std::uint32_t last_end =
        last.source + (next.view - last.view) / last.view_step * std::uint32_t{last.source_step};
    const bool same = last.source_step == next.source_step && last.view_step == next.view_step;
    if (same && last_end == next.source && next.source_step != 0) return;
  }
  pieces_.push_back(next);
}

void View::append_verbatim(std::string_view original, std::size_t begin, std::size_t end) {
  if (begin == end) return;
  append_piece({.source = static_cast<std::uint32_t>(begin)});
  text_.append(original, begin, end - begin);
}

void View::append_escape(std::size_t begin, std::size_t source_bytes, std::string_view decoded) {
  append_piece({.source = static_cast<std::uint32_t>(begin),
                .source_step = static_cast<std::uint8_t>(source_bytes),
                .view_step = static_cast<std::uint8_t>(decoded.size())});
  text_ += decoded;
}

void View::append_escaped(std::string_view original, const SqlToken& token) {
  const char quote = doubled_quote(original, token);
  const char mark = escape_mark(token.quoting, quote);
  const EitherOf stop{mark, quote == '\0' ? mark : quote};
  const std::string_view readable = original.substr(0, token.body_end);
  std::size_t plain = token.body_begin;
  std::size_t at = plain;
  while ((at = scan_until(readable, at, stop)) < readable.size()) {
    const Escape escape = read_escape(token.quoting, readable.substr(at), quote);
    if (escape.source_bytes == 0) {
      ++at;
      continue;
    }
    append_verbatim(original, plain, at);
    append_escape(at, escape.source_bytes, escape.decoded());
    plain = at += escape.source_bytes;
  }
  append_verbatim(original, plain, readable.size());
}

void View::append_hex(std::string_view original, std::size_t begin, std::size_t end) {
  append_piece({.source = static_cast<std::uint32_t>(begin), .source_step = 2});
  text_.reserve(text_.size() + (end - begin) / 2);
  for (std::size_t at = begin; at < end; at += 2) {
    text_ += static_cast<char>(hex_value(original[at]) << 4 | hex_value(original[at + 1]));
  }
}

void View::map_back(const Hits& found, Hits& original_hits) const {
  for (const Hit& hit : found) map_back(hit, original_hits);
}

void View::map_back(const Hit& hit, Hits& original_hits) const {
  const Replace replace = quoted_ ? Replace::body : hit.replace;
  if (borrowed_) {
    add_hit(original_hits, *hit.rule, lent_from_ + hit.begin, lent_from_ + hit.end(), replace);
    return;
  }
  const auto after = std::upper_bound(
      pieces_.begin(), pieces_.end(), hit.begin,
      [](std::uint32_t offset, const Piece& piece) { return offset < piece.view; });
  Range range;
  for (auto piece = after - 1; piece != pieces_.end() && piece->view < hit.end(); ++piece) {
    const Range next = source_of(piece, hit);
    if (next.begin == next.end) continue;
    if (range.begin != range.end && range.end != next.begin) {
      add_hit(original_hits, *hit.rule, range.begin, range.end, replace);
      range = {};
    }
    if (range.begin == range.end) range.begin = next.begin;
    range.end = next.end;
  }
  if (range.begin != range.end) {
    add_hit(original_hits, *hit.rule, range.begin, range.end, replace);
  }
}

// What of the original the hit's part in one piece came from, in whole steps; empty for the
// unknown.
View::Range View::source_of(std::vector<Piece>::const_iterator piece, const Hit& hit) const {
  const auto next = piece + 1;
  const std::size_t piece_end = next == pieces_.end() ? text_.size() : next->view;
  const std::size_t from = std::max(hit.begin, piece->view) - piece->view;
  const std::size_t to = std::min(hit.end(), piece_end) - piece->view;
  const std::size_t first_step = from / piece->view_step;
  const std::size_t end_step = (to + piece->view_step - 1U) / piece->view_step;
  return {.begin = piece->source + first_step * piece->source_step,
          .end = piece->source + end_step * piece->source_step};
}

}  // namespace studiosync
