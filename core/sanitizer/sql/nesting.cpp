#include "core/sanitizer/sql/nesting.hpp"

namespace studiosync {

void Nesting::open(const TokenTrail& before, Verb verb) {
  ++depth_;
  if (is_too_deep()) return;
  if (depth_ == frames_.size()) frames_.emplace_back();
  NestingFrame& frame = frames_[depth_];
  frame.before = before;
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
  frames_[0] = {};
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

std::string_view function_of(std::string_view text, const NestingFrame& frame) noexcept {
  const SqlToken& name = frame.before.back(0);
  const bool callable = name.kind == SqlTokenKind::word || name.kind == SqlTokenKind::name;
  return callable ? name_of(text, name) : std::string_view{};
}

}  // namespace studiosync
