// Settings as text: one overload for each kind of slot.
#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "server/config/settings.hpp"

namespace studiosync::server {
namespace {

struct Unit {
  std::string_view name;
  std::int64_t factor;
};
// Largest first: a value is written in the largest unit that divides it.
constexpr std::array<Unit, 5> duration_units{
    {{"d", 86'400'000}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1'000}, {"ms", 1}}};
constexpr std::array<Unit, 4> byte_units{
    {{"GiB", 1LL << 30}, {"MiB", 1LL << 20}, {"KiB", 1LL << 10}, {"", 1}}};

std::optional<std::int64_t> parse_integer(std::string_view text) {
  std::int64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stopped != end || text.empty()) return std::nullopt;
  return value;
}

// `24h` with the unit behind the digits; nothing for an unknown unit or an overflow.
std::optional<std::int64_t> parse_with_unit(std::string_view text, std::span<const Unit> units) {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const auto number = parse_integer(text.substr(0, digits));
  const auto unit = std::ranges::find(units, text.substr(digits), &Unit::name);
  if (!number || unit == units.end() || *number > INT64_MAX / unit->factor) return std::nullopt;
  return *number * unit->factor;
}

std::string with_unit(std::int64_t value, std::span<const Unit> units) {
  const auto divides = [&](const Unit& u) { return value != 0 && value % u.factor == 0; };
  auto unit = std::ranges::find_if(units, divides);
  if (unit == units.end()) unit = std::prev(units.end());
  return std::to_string(value / unit->factor) + std::string(unit->name);
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    if (const auto part = trimmed(text.substr(0, comma)); !part.empty()) parts.emplace_back(part);
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return parts;
}

std::string joined(std::span<const std::string> parts, std::string_view separator) {
  std::string text;
  for (const std::string& part : parts) text.append(text.empty() ? "" : separator).append(part);
  return text;
}

// Reads into a slot; false when the text is not of its kind.
struct Reader {
  const Setting& setting;
  std::string_view text;

  bool in_range(std::optional<std::int64_t> value) const {
    return value && *value >= setting.minimum && *value <= setting.maximum;
  }
  bool operator()(std::string* slot) const {
    if (!setting.choices.empty() &&
        std::ranges::find(setting.choices, text) == setting.choices.end())
      return false;
    *slot = text;
    return true;
  }
  bool number_into(std::int64_t& slot, std::optional<std::int64_t> value) const {
    if (!in_range(value)) return false;
    slot = *value;
    return true;
  }
  bool operator()(std::int64_t* slot) const { return number_into(*slot, parse_integer(text)); }
  bool operator()(Millis* slot) const {
    return number_into(slot->count, parse_with_unit(text, duration_units));
  }
  bool operator()(Bytes* slot) const {
    return number_into(slot->count, parse_with_unit(text, byte_units));
  }
  bool operator()(std::vector<std::string>* slot) const {
    *slot = split(text);
    return true;
  }
};

struct Writer {
  std::string operator()(const std::string* slot) const { return *slot; }
  std::string operator()(const std::int64_t* slot) const { return std::to_string(*slot); }
  std::string operator()(const Millis* slot) const {
    return with_unit(slot->count, duration_units);
  }
  std::string operator()(const Bytes* slot) const { return with_unit(slot->count, byte_units); }
  std::string operator()(const std::vector<std::string>* slot) const { return joined(*slot, ","); }
};

struct TypeNamer {
  const Setting& setting;

  std::string range(std::string_view kind, std::span<const Unit> units) const {
    std::string text(kind);
    if (setting.minimum > 0) text += " from " + with_unit(setting.minimum, units);
    if (setting.maximum < INT64_MAX) text += " up to " + with_unit(setting.maximum, units);
    return text;
  }
  std::string operator()(const std::string*) const {
    if (setting.choices.empty()) return "text";
    std::vector<std::string> names(setting.choices.begin(), setting.choices.end());
    return "one of " + joined(names, ", ");
  }
  std::string operator()(const std::int64_t*) const {
    return range("number", std::span(byte_units).last(1));
  }
  std::string operator()(const Millis*) const {
    return range("duration (`ms`, `s`, `m`, `h`, `d`)", duration_units);
  }
  std::string operator()(const Bytes*) const {
    return range("bytes (`KiB`, `MiB`, `GiB`)", byte_units);
  }
  std::string operator()(const std::vector<std::string>*) const { return "list"; }
};

}  // namespace

Result<> assign(const Setting& setting, Config& config, std::string_view text) {
  if (std::visit(Reader{setting, trimmed(text)}, setting.slot(config))) return {};
  std::string message = "expected " + type_text(setting);
  if (!setting.secret) message += ", got '" + std::string(text) + "'";
  return fail(ErrorCode::validation_error, std::move(message), std::string(setting.path));
}

std::string value_text(const Setting& setting, const Config& config) {
  Config copy = config;
  return std::visit(Writer{}, setting.slot(copy));
}

std::string type_text(const Setting& setting) {
  Config any;
  return std::visit(TypeNamer{setting}, setting.slot(any));
}

}  // namespace studiosync::server
