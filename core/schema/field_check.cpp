#include "core/schema/field_check.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_set>
#include <utility>

#include "core/base/time.hpp"
#include "core/schema/json_path.hpp"
#include "core/schema/validate.hpp"

namespace studiosync {
namespace {

Unexpected refuse(std::string message, const std::string& path) {
  return fail(ErrorCode::validation_error, std::move(message), path);
}

Result<> check_text(const FieldSpec& field, const Json& value, const std::string& path) {
  if (!value.is_string()) return refuse("must be a text", path);
  if (!valid_utf8(value.as_string())) return refuse("must be UTF-8", path);
  if (field.minimum > 0 && std::cmp_less(value.as_string().size(), field.minimum)) {
    return refuse("must not be empty", path);
  }
  return {};
}

// Clients whose numbers are all doubles write 5432.0.
void make_integer(Json& value) {
  constexpr double exact_max = 9007199254740992.0;  // 2^53: beyond it doubles skip integers
  if (!value.is_number() || value.is_integer()) return;
  const double number = value.as_double();
  if (std::abs(number) <= exact_max && std::trunc(number) == number) {
    value = Json(static_cast<std::int64_t>(number));
  }
}

bool in_range(const FieldSpec& field, const Json& value) {
  if (value.as_int() < 0) return value.as_int() >= field.minimum;
  // Unsigned, because a value above the largest signed one is clamped by as_int.
  const std::uint64_t number = value.as_uint();
  return std::cmp_greater_equal(number, field.minimum) &&
         std::cmp_less_equal(number, field.maximum);
}

Result<> check_integer(const FieldSpec& field, Json& value, const std::string& path) {
  make_integer(value);
  if (!value.is_integer()) return refuse("must be an integer", path);
  if (in_range(field, value)) return {};
  const std::string least = "must be at least " + std::to_string(field.minimum);
  if (field.maximum == INT64_MAX) return refuse(least, path);
  return refuse(least + " and at most " + std::to_string(field.maximum), path);
}

Result<> check_timestamp(const Json& value, const std::string& path) {
  if (value.is_string() && parse_rfc3339(value.as_string())) return {};
  return refuse("must be an RFC 3339 time, as 2026-01-31T12:00:00Z", path);
}

Result<> check_tags(Json& value, const std::string& path) {
  if (!value.is_array()) return refuse("must be an array of texts", path);
  std::unordered_set<std::string> seen;
  Json::Array distinct;
  for (std::size_t i = 0; i < value.items().size(); ++i) {
    Json& tag = value.items()[i];
    if (!tag.is_string()) return refuse("must be a text", element_path(path, i));
    if (!valid_utf8(tag.as_string())) return refuse("must be UTF-8", element_path(path, i));
    if (seen.insert(tag.as_string()).second) distinct.push_back(std::move(tag));
  }
  value = Json(std::move(distinct));
  return {};
}

Result<> check_choice(const FieldSpec& field, const Json& value, const std::string& path) {
  if (value.is_string() && std::find(field.choices.begin(), field.choices.end(),
                                     std::string_view(value.as_string())) != field.choices.end()) {
    return {};
  }
  return refuse("must be one of " + choices_text(field), path);
}

Result<> check_reference(const Json& value, const std::string& path) {
  if (!value.is_string()) return refuse("must be the id of a record", path);
  return validate_id(value.as_string(), path);
}

Result<> check_kind(const FieldSpec& field, Json& value, const std::string& path) {
  switch (field.kind) {
    case Kind::text:
      return check_text(field, value, path);
    case Kind::integer:
      return check_integer(field, value, path);
    case Kind::real:
      return value.is_number() ? Result<>{} : refuse("must be a number", path);
    case Kind::boolean:
      return value.is_bool() ? Result<>{} : refuse("must be true or false", path);
    case Kind::timestamp:
      return check_timestamp(value, path);
    case Kind::json:
      return {};
    case Kind::object:
      return value.is_object() ? Result<>{} : refuse("must be an object", path);
    case Kind::tags:
      return check_tags(value, path);
    case Kind::enumeration:
      return check_choice(field, value, path);
    case Kind::reference:
      return check_reference(value, path);
  }
  return {};
}

// What the sanitizer puts in a credential's place, and the most that this makes a text longer: with
// quotes of its own, escaped, for one byte.
constexpr std::string_view mark = "[REDACTED]";
constexpr std::size_t mark_bytes_max = mark.size() + 4;

std::size_t count_marks(std::string_view text) {
  std::size_t count = 0;
  for (auto at = text.find(mark); at != text.npos; at = text.find(mark, at + mark.size())) ++count;
  return count;
}

}  // namespace

std::string choices_text(const FieldSpec& field) {
  std::string text;
  for (const std::string_view choice : field.choices) {
    text.append(text.empty() ? "" : ", ").append(choice);
  }
  return text;
}

bool fits(std::string_view text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return true;
  // Bounded all the same: anybody can write marks.
  return text.size() <= bytes_max + std::min(count_marks(text) * mark_bytes_max, bytes_max);
}

Result<> check_field(const FieldSpec& field, Json& value, const std::string& path) {
  SS_TRY(check_kind(field, value, path));
  const bool fitting =
      field.bytes_max == 0 || (value.is_string() ? fits(value.as_string(), field.bytes_max)
                                                 : fits(value.canonical(), field.bytes_max));
  if (fitting) return {};
  return refuse("must not be longer than " + std::to_string(field.bytes_max) + " bytes", path);
}

}  // namespace studiosync
