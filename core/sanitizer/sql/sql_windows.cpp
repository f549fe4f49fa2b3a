#include "core/sanitizer/sql/sql_windows.hpp"

#include <utility>

#include "core/sanitizer/sql/sql_reading.hpp"
#include "core/sanitizer/sql/sql_stretch.hpp"
#include "core/sanitizer/sql/token_trail.hpp"
#include "core/sanitizer/value/ascii.hpp"

namespace studiosync {
namespace {

constexpr std::size_t windows_max = 1024;

// Below this a text is read sooner than divided.
constexpr std::size_t divided_bytes_min = 1024;

// Whether a token makes the place of all others doubtful, or speaks of what comes behind the
// statement: PREPARE of its values, DECLARE of a block's constants, COPY FROM stdin of its rows.
bool reaches_further(std::string_view text, const SqlToken& last, const SqlToken& token) noexcept {
  if (!token.closed) return true;
  if (token.kind == SqlTokenKind::text) {
    return last.kind == SqlTokenKind::word && last.end == token.begin;  // it's
  }
  if (token.kind != SqlTokenKind::word) return false;
  const std::string_view word = spelling_of(text, token);
  return equals_folded(word, "prepare") || equals_folded(word, "declare") ||
         equals_folded(word, "stdin");
}

class Windows {
 public:
  explicit Windows(std::span<const std::uint32_t> places) : places_(places) {}

  // Statements come in rising order.
  void add_statement(std::size_t begin, std::size_t end) {
    const auto first_behind = [&] { return next_ == places_.size() || places_[next_] >= end; };
    if (first_behind()) return;
    while (!first_behind()) ++next_;
    if (!windows_.empty() && windows_.back().end == begin) {
      windows_.back().end = end;
    } else {
      windows_.push_back({begin, end});
    }
  }

  bool are_too_many() const { return windows_.size() > windows_max; }
  std::vector<SqlWindow> take() { return std::move(windows_); }

 private:
  std::span<const std::uint32_t> places_;
  std::size_t next_ = 0;  // the first place that no statement so far holds
  std::vector<SqlWindow> windows_;
};

}  // namespace

std::optional<std::vector<SqlWindow>> windows_of(std::string_view text,
                                                 std::span<const std::uint32_t> places) {
  if (text.size() < divided_bytes_min) return std::nullopt;
  Windows windows(places);
  StatementWalk walk(text, 0, SqlReading::standard());
  std::size_t begin = 0;
  for (;;) {
    const SqlToken& token = walk.next();
    if (token.kind == SqlTokenKind::end) break;
    if (reaches_further(text, walk.before(), token)) return std::nullopt;
    if (!walk.is_at_end()) continue;
    windows.add_statement(begin, token.end);
    if (windows.are_too_many()) return std::nullopt;
    begin = token.end;
  }
  windows.add_statement(begin, text.size());
  return windows.take();
}

}  // namespace studiosync
