// Where the tokens of the next 64 bytes begin and end as far as their bytes alone tell: sets of
// bits, so that going from one to the next is a step in registers, whatever stands there. Values;
// any thread.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace studiosync {

// A run is a word, or any other byte that is no white space.
class ByteBlock {
 public:
  static constexpr std::size_t bytes = 64;

  // Reads the bytes from `at` on, where a run begins. One that leaves the 64 bytes is left to the
  // next block, but for one of at least 64 bytes: it is cut.
  void load(std::string_view text, std::size_t at) noexcept;

  // Where to go on when no run is left.
  std::size_t end() const noexcept { return end_; }

  bool empty() const noexcept { return firsts_ == 0; }
  // Of the next run.
  std::size_t run_begin() const noexcept { return begin_ + lowest(firsts_); }
  std::size_t run_end() const noexcept { return begin_ + lowest(lasts_) + 1; }
  void drop_run() noexcept {
    firsts_ &= firsts_ - 1;
    lasts_ &= lasts_ - 1;
  }
  // Goes on at `at`, which is not before the next run; it may be amid a run.
  void skip_to(std::size_t at) noexcept;

 private:
  static std::size_t lowest(std::uint64_t bits) noexcept {
    return static_cast<std::size_t>(std::countr_zero(bits));
  }

  // Apart from one another in memory: side by side they are changed in a vector register, which
  // takes longer to come back from than the change.
  std::uint64_t firsts_ = 0;  // of runs, and
  std::size_t begin_ = 0;
  std::uint64_t lasts_ = 0;  // as many
  std::size_t end_ = 0;
  std::uint64_t solids_ = 0;  // all that is no white space
};

}  // namespace studiosync
