// The inside of a token, decoded run by run: the same way to make a view of it and to find back.
// Pure; any thread; linear time, no allocation.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/sanitizer/sql/escapes.hpp"
#include "core/sanitizer/sql/sql_token.hpp"

namespace studiosync {

// The bytes that a view was made of, and how they are read. 16 bytes: a chain may have many.
struct DecodedSource {
  enum class Form : std::uint8_t { verbatim, escaped, hexadecimal, unknown };

  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  Form form = Form::verbatim;
  SqlQuoting quoting = SqlQuoting::none;
  char quote = '\0';  // that is doubled inside; NUL: none is
};

// The inside of a text, name or comment token, or the token itself where it has no inside.
DecodedSource source_of(std::string_view original, const SqlToken& token) noexcept;

// Equal steps: each `source_step` bytes of the original, from `begin` on, give `view_step` bytes of
// the view. 1 and 1: as written; 2 and 1: '' or hexadecimal digits; 0 and 1: unknown.
struct DecodedRun {
  std::size_t begin = 0;
  std::size_t steps = 0;
  std::size_t source_step = 1;
  std::size_t view_step = 1;
  Escape escape{};  // of a single step that is neither as written nor hexadecimal

  std::size_t view_bytes() const noexcept { return steps * view_step; }
};

class DecodedRuns {
 public:
  DecodedRuns(std::string_view original, const DecodedSource& source) noexcept
      : readable_(original.substr(0, source.end)), source_(source), at_(source.begin) {}

  // False behind the last one.
  bool next(DecodedRun& run) noexcept;

 private:
  bool next_of_escaped(DecodedRun& run) noexcept;
  void find_escape() noexcept;

  std::string_view readable_;
  DecodedSource source_;
  std::size_t at_ = 0;
  // The escape that was found last: its offset, readable_.size() behind the last one.
  std::size_t escape_at_ = 0;
  Escape escape_{};
  bool done_ = false;
};

}  // namespace studiosync
