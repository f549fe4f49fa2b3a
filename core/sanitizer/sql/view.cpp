#include "core/sanitizer/sql/view.hpp"

#include <algorithm>

#include "core/sanitizer/sql/escapes.hpp"

namespace studiosync {

namespace {

using Form = DecodedSource::Form;

// Texts in dollar quotes may hold quotes, those in q'[…]' only seemingly.
bool is_quoted(std::string_view original, const SqlToken& token) noexcept {
  const bool literal = token.kind == SqlTokenKind::text || token.kind == SqlTokenKind::name;
  return literal && original[token.begin] != '$';
}

void append_hex(std::string_view digits, std::string& text) {
  for (std::size_t at = 0; at < digits.size(); at += 2) {
    text += static_cast<char>(hex_value(digits[at]) << 4 | hex_value(digits[at + 1]));
  }
}

// Makes hits of a view hits of its original. Takes the runs of the view in order.
class WayBack {
 public:
  WayBack(const Hits& found, bool quoted, Hits& original_hits)
      : hit_(found.begin()), end_(found.end()), quoted_(quoted), original_hits_(original_hits) {}

  bool is_done() const { return hit_ == end_; }

  void pass(const DecodedRun& run) {
    const std::size_t run_end = at_ + run.view_bytes();
    while (hit_ != end_ && hit_->begin < run_end) {
      take_part(run, std::min(hit_->end(), run_end));
      if (hit_->end() > run_end) break;
      add_range();
      ++hit_;
    }
    at_ = run_end;
  }

 private:
  // What the hit's part in the run, up to `part_end`, came from, in whole steps; nothing where that
  // is unknown.
  void take_part(const DecodedRun& run, std::size_t part_end) {
    const std::size_t from = std::max<std::size_t>(hit_->begin, at_) - at_;
    const std::size_t last_step = (part_end - at_ + run.view_step - 1) / run.view_step;
    const std::size_t begin = run.begin + from / run.view_step * run.source_step;
    const std::size_t end = run.begin + last_step * run.source_step;
    if (begin == end) return;
    if (range_end_ != begin) add_range();
    if (range_begin_ == range_end_) range_begin_ = begin;
    range_end_ = end;
  }

  void add_range() {
    if (range_begin_ != range_end_) {
      add_hit(original_hits_, *hit_->rule, range_begin_, range_end_,
              quoted_ ? Replace::body : hit_->replace);
    }
    range_begin_ = range_end_ = 0;
  }

  Hits::const_iterator hit_;
  Hits::const_iterator end_;
  bool quoted_;
  Hits& original_hits_;
  std::size_t at_ = 0;           // in the view
  std::size_t range_begin_ = 0;  // of the current hit, in the original
  std::size_t range_end_ = 0;
};

}  // namespace

void View::clear() noexcept {
  quoted_ = false;
  borrowed_ = false;
  text_.clear();
  sources_.clear();
}

void View::append(std::string_view original, const SqlToken& token) {
  const bool first = text().empty();
  own();
  original_ = original;
  quoted_ = quoted_ || is_quoted(original, token);
  const DecodedSource source = source_of(original, token);
  if (first && source.form == Form::verbatim) {
    borrowed_ = true;
    lent_from_ = source.begin;
    lent_ = original.substr(source.begin, source.end - source.begin);
  } else {
    append_decoded(source);
  }
}

void View::append_unknown() {
  own();
  append_decoded({.form = Form::unknown});
}

// Copies what was lent, so that more can follow.
void View::own() {
  if (!borrowed_) return;
  borrowed_ = false;
  append_decoded(
      {.begin = lent_from_, .end = lent_from_ + static_cast<std::uint32_t>(lent_.size())});
}

void View::append_decoded(const DecodedSource& source) {
  sources_.push_back(source);
  text_.reserve(text_.size() + (source.end - source.begin));  // no escape is shorter decoded
  DecodedRuns runs(original_, source);
  for (DecodedRun run; runs.next(run);) {
    if (source.form == Form::unknown) {
      text_ += '?';
    } else if (source.form == Form::hexadecimal) {
      append_hex(original_.substr(source.begin, source.end - source.begin), text_);
    } else if (run.escape.source_bytes != 0) {
      text_ += run.escape.decoded();
    } else {
      text_ += original_.substr(run.begin, run.steps);
    }
  }
}

void View::map_back(const Hits& found, Hits& original_hits) const {
  if (borrowed_) {
    for (const Hit& hit : found) {
      add_hit(original_hits, *hit.rule, lent_from_ + hit.begin, lent_from_ + hit.end(),
              quoted_ ? Replace::body : hit.replace);
    }
    return;
  }
  WayBack way_back(found, quoted_, original_hits);
  for (const DecodedSource& source : sources_) {
    DecodedRuns runs(original_, source);
    for (DecodedRun run; !way_back.is_done() && runs.next(run);) way_back.pass(run);
  }
}

}  // namespace studiosync
