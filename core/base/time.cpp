#include "core/base/time.hpp"

#include <array>
#include <charconv>

namespace studiosync {
namespace {

struct Civil {
  std::int64_t year;
  unsigned month;
  unsigned day;
};

// Howard Hinnant, "chrono-compatible low-level date algorithms" (2013).
std::int64_t days_from_civil(Civil c) {
  c.year -= c.month <= 2 ? 1 : 0;
  const std::int64_t era = (c.year >= 0 ? c.year : c.year - 399) / 400;
  const auto yoe = static_cast<std::int64_t>(c.year - era * 400);
  const std::int64_t mp = (c.month + 9) % 12;
  const std::int64_t doy = (153 * mp + 2) / 5 + c.day - 1;
  return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

Civil civil_from_days(std::int64_t days) {
  days += 719468;
  const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const std::int64_t doe = days - era * 146097;
  const std::int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const std::int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const std::int64_t mp = (5 * doy + 2) / 153;
  const auto day = static_cast<unsigned>(doy - (153 * mp + 2) / 5 + 1);
  const auto month = static_cast<unsigned>(mp < 10 ? mp + 3 : mp - 9);
  return {yoe + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - (a % b < 0 ? 1 : 0);
}

// At least so many characters, a sign among them. Every row that leaves has a time: this is several
// times as fast as printf.
void append_padded(std::int64_t value, std::size_t width, std::string& text) {
  std::array<char, 24> digits{};
  char* const end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  const char* const begin = digits.data() + (value < 0 ? 1 : 0);
  if (value < 0) text += '-';
  const auto length = static_cast<std::size_t>(end - digits.data());
  if (length < width) text.append(width - length, '0');
  text.append(begin, static_cast<std::size_t>(end - begin));
}

std::string format(std::int64_t seconds, std::int64_t fraction, std::size_t digits) {
  const std::int64_t days = floor_div(seconds, 86400);
  const std::int64_t second = seconds - days * 86400;
  const Civil c = civil_from_days(days);
  std::string text;
  text.reserve(sizeof "2026-01-31T12:00:00.123456Z");
  append_padded(c.year, 4, text);
  append_padded(c.month, 2, text += '-');
  append_padded(c.day, 2, text += '-');
  append_padded(second / 3600, 2, text += 'T');
  append_padded(second / 60 % 60, 2, text += ':');
  append_padded(second % 60, 2, text += ':');
  append_padded(fraction, digits, text += '.');
  return text += 'Z';
}

// Reads fixed-width decimal fields from the front of a text; remembers a failure.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  std::int64_t number(std::size_t width) {
    std::int64_t value = 0;
    if (rest_.size() < width) return fail();
    for (std::size_t i = 0; i < width; ++i) {
      if (rest_[i] < '0' || rest_[i] > '9') return fail();
      value = value * 10 + (rest_[i] - '0');
    }
    rest_.remove_prefix(width);
    return value;
  }

  void one_of(std::string_view allowed) {
    if (rest_.empty() || allowed.find(rest_[0]) == std::string_view::npos) {
      fail();
      return;
    }
    rest_.remove_prefix(1);
  }

  // `.123456789` as microseconds; nothing present is 0.
  std::int64_t fraction_us() {
    if (rest_.empty() || rest_[0] != '.') return 0;
    rest_.remove_prefix(1);
    std::int64_t us = 0;
    std::size_t digits = 0;
    while (digits < rest_.size() && rest_[digits] >= '0' && rest_[digits] <= '9') {
      if (digits < 6) us = us * 10 + (rest_[digits] - '0');
      ++digits;
    }
    if (digits == 0 || digits > 9) return fail();
    for (std::size_t i = digits; i < 6; ++i) us *= 10;
    rest_.remove_prefix(digits);
    return us;
  }

  // `Z` or `+hh:mm`, as minutes east of UTC.
  std::int64_t offset_minutes() {
    if (!rest_.empty() && (rest_[0] == 'Z' || rest_[0] == 'z')) {
      rest_.remove_prefix(1);
      return 0;
    }
    const bool west = !rest_.empty() && rest_[0] == '-';
    one_of("+-");
    const std::int64_t hours = number(2);
    one_of(":");
    const std::int64_t minutes = number(2);
    if (hours > 23 || minutes > 59) fail();
    return (west ? -1 : 1) * (hours * 60 + minutes);
  }

  bool finished() const { return ok_ && rest_.empty(); }

 private:
  std::int64_t fail() {
    ok_ = false;
    return 0;
  }

  std::string_view rest_;
  bool ok_ = true;
};

bool exists(Civil c) {
  const Civil back = civil_from_days(days_from_civil(c));
  return c.month >= 1 && c.month <= 12 && back.month == c.month && back.day == c.day;
}

}  // namespace

std::string to_rfc3339(WallTime t) {
  const std::int64_t seconds = floor_div(t.unix_ms, 1000);
  return format(seconds, t.unix_ms - seconds * 1000, 3);
}

std::string to_rfc3339(CommitTime t) {
  const std::int64_t seconds = floor_div(t.unix_us, 1'000'000);
  return format(seconds, t.unix_us - seconds * 1'000'000, 6);
}

std::optional<CommitTime> parse_rfc3339(std::string_view text) {
  Reader in(text);
  Civil date{};
  date.year = in.number(4);
  in.one_of("-");
  date.month = static_cast<unsigned>(in.number(2));
  in.one_of("-");
  date.day = static_cast<unsigned>(in.number(2));
  in.one_of("Tt ");
  const std::int64_t hour = in.number(2);
  in.one_of(":");
  const std::int64_t minute = in.number(2);
  in.one_of(":");
  const std::int64_t second = in.number(2);
  const std::int64_t us = in.fraction_us();
  const std::int64_t offset = in.offset_minutes();
  if (!in.finished() || !exists(date) || hour > 23 || minute > 59 || second > 60)
    return std::nullopt;
  const std::int64_t seconds =
      days_from_civil(date) * 86400 + hour * 3600 + (minute - offset) * 60 + second;
  // An offset must not lead out of the years that can be written.
  if (seconds < days_from_civil({0, 1, 1}) * 86400 ||
      seconds >= days_from_civil({10000, 1, 1}) * 86400) {
    return std::nullopt;
  }
  return CommitTime{seconds * 1'000'000 + us};
}

}  // namespace studiosync
