#include "core/sanitizer/sql/nesting.hpp"

#include "core/sanitizer/sql/word_tables.hpp"

namespace studiosync {
namespace {

void name_function(std::string_view text, NestingFrame& frame) noexcept {
  const SqlToken& name = frame.before.back(0);
  const bool bare = name.kind == SqlTokenKind::word;
  const bool callable = bare || name.kind == SqlTokenKind::name;
  frame.function = callable ? name_of(text, name) : std::string_view{};
  frame.function_term = bare ? frame.before.term(0) : term_of(frame.function);
  frame.wraps = is_wrapper(frame.function, frame.function_term);
}

}  // namespace

void Nesting::open(std::string_view text, const TokenTrail& before, Verb verb) {
  ++depth_;
  if (is_too_deep()) return;
  if (depth_ == frames_.size()) frames_.emplace_back();
  NestingFrame& frame = frames_[depth_];
  frame.before = before;
  name_function(text, frame);
  frame.first = {};
  frame.argument = 0;
  frame.outer_verb = verb;
  frame.insert_row = false;
}

const NestingFrame* Nesting::close() noexcept {
  if (depth_ == 0) return nullptr;
  const bool known = !is_too_deep();
  --depth_;
  return known ? &frames_[depth_ + 1] : nullptr;
}

void Nesting::clear() noexcept {
  depth_ = 0;
  frames_[0].first = {};
  frames_[0].argument = 0;
}

const NestingFrame* Nesting::enclosing(std::size_t level) const noexcept {
  if (is_too_deep() || level >= depth_) return nullptr;
  return &frames_[depth_ - level];
}

std::size_t Nesting::argument(std::size_t level) const noexcept {
  const NestingFrame* frame = enclosing(level);
  return frame == nullptr ? frames_[0].argument : frame->argument;
}

NestingFrame& Nesting::innermost() noexcept {
  return frames_[is_too_deep() ? depth_max : depth_];
}

}  // namespace studiosync
