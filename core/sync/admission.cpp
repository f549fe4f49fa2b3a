#include "core/sync/admission.hpp"

#include <algorithm>

#include "core/base/zoo.hpp"
#include "core/sanitizer/redact.hpp"
#include "core/sanitizer/validator/check_clean.hpp"
#include "core/schema/json_path.hpp"

namespace studiosync {
namespace {

constexpr std::string_view root = "$";

// A preference lives under the id that its key gives it, so that two devices meet in one record.
std::string id_for(const EntitySpec& spec, std::string_view id, const Fields& fields) {
  const std::string* key = spec.type == EntityType::preference ? fields.find("key") : nullptr;
  if (key == nullptr || SS_ZOO(natural_keys_are_ignored)) return std::string(id);
  const auto text = parse_json(*key);
  return text && text->is_string() ? preference_id(text->as_string()) : std::string(id);
}

bool names_a_record(const EntitySpec& spec, const FieldSpec& field) {
  return field.kind == Kind::reference ||
         (spec.type == EntityType::preference && field.name == "key");
}

Error leaked(std::string_view rule, std::string path) {
  return {.code = ErrorCode::credential_leaked,
          .message = "a name must not hold a credential",
          .path = std::move(path),
          .rule = std::string(rule)};
}

Result<> check_names(const EntitySpec& spec, const std::vector<Finding>& findings,
                     std::string_view path) {
  for (const FieldSpec& field : spec.fields) {
    if (!names_a_record(spec, field)) continue;
    const std::string at = member_path(root, field.name);
    const auto redacted = std::ranges::find(findings, at, &Finding::path);
    if (redacted == findings.end()) continue;
    return Unexpected(leaked(redacted->rule, member_path(path, field.name)));
  }
  return {};
}

}  // namespace

Result<RedactedData> RedactedData::from(const EntitySpec& spec, Json data, std::string_view path) {
  std::vector<Finding> findings = sanitize(spec, data);
  if (!data.is_object()) {
    return fail(ErrorCode::validation_error, "data must be an object", std::string(path));
  }
  SS_TRY(check_names(spec, findings, path));
  return RedactedData(std::move(data), std::move(findings));
}

Result<Admitted> admit(const EntitySpec& spec, std::string_view id, RedactedData data,
                       Completeness completeness, std::string_view path) {
  SS_ASSIGN(Fields fields, validate(spec, id, std::move(data).take(), completeness, path));
  if (stays_local(spec.type, fields)) {
    return fail(ErrorCode::validation_error,
                "private and device-local records stay on their device", std::string(path));
  }
  if (auto clean = check_clean(fields.content()); !clean) {
    Error error = std::move(clean).error();
    if (error.path.starts_with(root)) error.path = std::string(path) + error.path.substr(1);
    return Unexpected(std::move(error));
  }
  if (SS_ZOO(unknown_fields_are_dropped)) {
    for (const auto& [name, value] : Fields(fields)) {
      if (find_field(spec, name) == nullptr) fields.erase(name);
    }
  }
  std::string final_id = id_for(spec, id, fields);
  return Admitted{std::move(final_id), std::move(fields)};
}

Result<EntityType> admit_type(std::string_view wire_name, std::string_view path) {
  const auto type = parse_entity_type(wire_name);
  if (!type || *type == EntityType::conflict) {
    return fail(ErrorCode::validation_error, "unknown entity type", std::string(path));
  }
  return *type;
}

Result<> admit_id(std::string_view id, std::string_view path) {
  SS_TRY(validate_id(id, path));
  const auto cleaned = clean_text(id, TextAs::text);
  if (!cleaned) return {};
  return Unexpected(leaked(cleaned->hits.front().rule->id, std::string(path)));
}

std::string without_credentials(std::string_view text) {
  auto cleaned = clean_text(text, TextAs::text);
  return cleaned ? std::move(cleaned->text) : std::string(text);
}

void screen_name(std::string& name, std::optional<Error>& invalid, const std::string& path) {
  auto cleaned = clean_text(name, TextAs::text);
  if (!cleaned) return;
  name = std::move(cleaned->text);
  if (!invalid) invalid = leaked(cleaned->hits.front().rule->id, path);
}

}  // namespace studiosync
