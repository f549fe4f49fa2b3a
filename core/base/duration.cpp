#include "core/base/duration.hpp"

#include <array>
#include <charconv>
#include <system_error>

namespace studiosync {
namespace {

struct Unit {
  std::string_view name;
  std::int64_t ms;
};
constexpr std::array<Unit, 5> units{
    {{"d", 86'400'000}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1'000}, {"ms", 1}}};

constexpr std::int64_t days_max = 3'652'500;
constexpr std::int64_t ms_max = days_max * 86'400'000;

// Takes `<digits><letters>` off the front; nothing when it does not begin so.
struct Amount {
  std::int64_t count;
  std::string_view unit;
};
std::optional<Amount> take_amount(std::string_view& text) noexcept {
  std::int64_t count = 0;
  if (text.empty() || text[0] < '0' || text[0] > '9') return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc{} || count > ms_max) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  const std::size_t letters = text.find_first_of("0123456789");
  const std::string_view unit = text.substr(0, letters);
  text.remove_prefix(unit.size());
  return Amount{count, unit};
}

}  // namespace

std::string duration_text(Millis span) {
  if (span.count == 0) return "0s";
  std::string out = span.count < 0 ? "-" : "";
  std::int64_t rest = span.count < 0 ? -span.count : span.count;
  for (const auto& [name, ms] : units) {
    if (rest / ms > 0) out.append(std::to_string(rest / ms)).append(name);
    rest %= ms;
  }
  return out;
}

std::optional<Millis> parse_duration(std::string_view text) noexcept {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  std::int64_t sum = 0;
  std::size_t next = 0;  // units before it were used, or left out
  do {
    const auto amount = take_amount(text);
    if (!amount) return std::nullopt;
    while (next < units.size() && units.at(next).name != amount->unit) ++next;
    if (next == units.size() || amount->count > ms_max / units.at(next).ms) return std::nullopt;
    sum += amount->count * units.at(next++).ms;
  } while (!text.empty());
  if (sum > ms_max) return std::nullopt;
  return Millis{negative ? -sum : sum};
}

}  // namespace studiosync
