#include "core/sync/admission.hpp"

#include "core/sanitizer/sanitize.hpp"
#include "core/sanitizer/validator/check_clean.hpp"

namespace studiosync {
namespace {

// A preference lives under the id that its key gives it, so that two devices meet in one record.
std::string id_for(const EntitySpec& spec, std::string_view id, const Fields& fields) {
  const std::string* key = spec.type == EntityType::preference ? fields.find("key") : nullptr;
  if (key == nullptr) return std::string(id);
  const auto text = parse_json(*key);
  return text && text->is_string() ? preference_id(text->as_string()) : std::string(id);
}

}  // namespace

Result<Admitted> admit(const EntitySpec& spec, std::string_view id, Json data,
                       Completeness completeness, std::string_view path) {
  if (!data.is_object()) {
    return fail(ErrorCode::validation_error, "data must be an object", std::string(path));
  }
  sanitize(spec, data);
  SS_ASSIGN(Fields fields, validate(spec, id, std::move(data), completeness, path));
  if (stays_local(spec.type, fields)) {
    return fail(ErrorCode::validation_error,
                "private and device-local records stay on their device", std::string(path));
  }
  if (auto clean = check_clean(fields.content()); !clean) {
    Error error = std::move(clean).error();
    if (error.path.starts_with('$')) error.path = std::string(path) + error.path.substr(1);
    return Unexpected(std::move(error));
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

}  // namespace studiosync
