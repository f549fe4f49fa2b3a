// Points in time and spans. Core has no clock: `now` is always an argument.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace studiosync {

struct Millis {
  std::int64_t count = 0;
  friend constexpr auto operator<=>(Millis, Millis) = default;
  friend constexpr Millis operator+(Millis a, Millis b) { return {a.count + b.count}; }
  friend constexpr Millis operator-(Millis a, Millis b) { return {a.count - b.count}; }
};

// Milliseconds since 1970-01-01T00:00:00Z by somebody's wall clock; may jump.
struct WallTime {
  std::int64_t unix_ms = 0;
  friend constexpr auto operator<=>(WallTime, WallTime) = default;
  friend constexpr WallTime operator+(WallTime t, Millis d) { return {t.unix_ms + d.count}; }
  friend constexpr WallTime operator-(WallTime t, Millis d) { return {t.unix_ms - d.count}; }
  friend constexpr Millis operator-(WallTime a, WallTime b) { return {a.unix_ms - b.unix_ms}; }
};

// Microseconds since 1970, strictly increasing per user: when the server committed a row.
struct CommitTime {
  std::int64_t unix_us = 0;
  friend constexpr auto operator<=>(CommitTime, CommitTime) = default;
};

constexpr CommitTime to_commit_time(WallTime t) noexcept {
  return {t.unix_ms * 1000};
}

// RFC 3339 in UTC: `2026-01-31T12:00:00.123Z`, and with six decimals for commit times.
std::string to_rfc3339(WallTime t);
std::string to_rfc3339(CommitTime t);
// Accepts any offset, `T`, `t` or a space, 0 to 9 decimals (cut to microseconds). Nothing for a
// date that does not exist.
std::optional<CommitTime> parse_rfc3339(std::string_view text);

}  // namespace studiosync
