#include "core/sanitizer/sql/decoded_runs.hpp"

#include <utility>

#include "core/sanitizer/sql/byte_scan.hpp"

namespace studiosync {

namespace {

bool has_escapes(SqlQuoting quoting) noexcept {
  return quoting != SqlQuoting::none && quoting != SqlQuoting::verbatim;
}

// How an escape begins, beside the doubled quote.
char escape_mark(const DecodedSource& source) noexcept {
  return source.quoting == SqlQuoting::doubled ? source.quote : '\\';
}

Escape read_escape(const DecodedSource& source, std::string_view rest) noexcept {
  const char quote = source.quote;
  if (quote != '\0' && rest[0] == quote && byte_at(rest, 1) == quote) {
    return {.source_bytes = 2, .bytes = {quote}, .size = 1};
  }
  if (rest[0] != '\\') return {};
  return source.quoting == SqlQuoting::unicode ? read_unicode_escape(rest)
                                               : read_backslash_escape(rest);
}

}  // namespace

DecodedSource source_of(std::string_view original, const SqlToken& token) noexcept {
  if (const HexDigits hex = hex_digits(original, token); hex.begin != hex.end) {
    return {.begin = static_cast<std::uint32_t>(hex.begin),
            .end = static_cast<std::uint32_t>(hex.end),
            .form = DecodedSource::Form::hexadecimal};
  }
  DecodedSource source{.begin = token.body_begin, .end = token.body_end};
  if (has_escapes(token.quoting)) {
    source.form = DecodedSource::Form::escaped;
    source.quoting = token.quoting;
    source.quote = doubled_quote(original, token);
  }
  return source;
}

bool DecodedRuns::next(DecodedRun& run) noexcept {
  if (source_.form == DecodedSource::Form::escaped) return next_of_escaped(run);
  const bool unknown = source_.form == DecodedSource::Form::unknown;
  if (std::exchange(done_, true) || (at_ == source_.end && !unknown)) return false;
  run = {.begin = at_, .steps = source_.end - at_};
  if (source_.form == DecodedSource::Form::hexadecimal) {
    run.source_step = 2;
    run.steps /= 2;
  } else if (unknown) {
    run.source_step = 0;
    run.steps = 1;
  }
  return true;
}

bool DecodedRuns::next_of_escaped(DecodedRun& run) noexcept {
  if (at_ >= readable_.size()) return false;
  if (escape_at_ <= at_) find_escape();
  if (at_ < escape_at_) {
    run = {.begin = at_, .steps = escape_at_ - at_};
    at_ = escape_at_;
    return true;
  }
  run = {.begin = at_,
         .steps = 1,
         .source_step = escape_.source_bytes,
         .view_step = escape_.size,
         .escape = escape_};
  at_ += escape_.source_bytes;
  return true;
}

// From at_ on.
void DecodedRuns::find_escape() noexcept {
  const char mark = escape_mark(source_);
  const EitherOf stop{mark, source_.quote == '\0' ? mark : source_.quote};
  escape_at_ = at_;
  while ((escape_at_ = scan_until(readable_, escape_at_, stop)) < readable_.size()) {
    escape_ = read_escape(source_, readable_.substr(escape_at_));
    if (escape_.source_bytes != 0) return;
    ++escape_at_;
  }
}

}  // namespace studiosync
