// The parentheses, brackets and braces that are open at a place in SQL, with the function that each
// belongs to and the argument reached. Bounded: deeper ones are only counted. Values; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/sanitizer/sql/position.hpp"
#include "core/sanitizer/sql/token_trail.hpp"

namespace studiosync {

struct NestingFrame {
  TokenTrail before;  // what stands left of the parenthesis, nearest first: the function's name
  std::string_view function;  // whose arguments they are; empty when there is none
  Term function_term;
  bool wraps = false;  // the function's result stands for what it is given
  SqlToken first;      // the first token inside
  std::size_t argument = 0;
  Verb outer_verb = Verb::none;  // of the statement around, which goes on behind the parenthesis
  bool insert_row = false;       // VALUES (…): the arguments are columns
};

class Nesting {
 public:
  static constexpr std::size_t depth_max = 64;

  void open(std::string_view text, const TokenTrail& before, Verb verb);
  // The frame that was closed; none when nothing was open, or it was too deep.
  const NestingFrame* close() noexcept;
  void clear() noexcept;

  std::size_t depth() const noexcept { return depth_; }
  bool is_too_deep() const noexcept { return depth_ > depth_max; }
  // 0 is the innermost; null beyond the outermost.
  const NestingFrame* enclosing(std::size_t level) const noexcept;
  // The argument reached in that frame; beyond the outermost: in the statement itself.
  std::size_t argument(std::size_t level) const noexcept;
  // The innermost, or what stands outside of all of them.
  NestingFrame& innermost() noexcept;

 private:
  // The first is the statement itself. They stay when they are closed: a frame is large, and most
  // texts open one or two.
  std::vector<NestingFrame> frames_{1};
  std::size_t depth_ = 0;
};

}  // namespace studiosync
