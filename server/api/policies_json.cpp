#include "server/api/policies_json.hpp"

#include "core/schema/json_path.hpp"
#include "core/sync/admission.hpp"

namespace studiosync::server {
namespace {

Result<Strategy> read_strategy(const EntitySpec& spec, const Json& value, const std::string& path) {
  const auto strategy = value.is_string() ? parse_strategy(value.as_string()) : std::nullopt;
  if (!strategy) return fail(ErrorCode::validation_error, "is no strategy", path);
  if (strategy_allowed(spec, *strategy)) return *strategy;
  return fail(ErrorCode::validation_error, "this type does not allow it", path);
}

}  // namespace

Json policies_json(const Policies& chosen) {
  Json policies = Json::object();
  for (const EntitySpec& spec : registry()) {
    const auto own = chosen.find(spec.type);
    policies.set(std::string(spec.wire_name),
                 to_string(own == chosen.end() ? spec.strategy : own->second));
  }
  return Json::object().set("policies", std::move(policies));
}

Result<Policies> read_policies(const Json& body) {
  const Json* named = body.find("policies");
  if (named == nullptr || !named->is_object()) {
    return fail(ErrorCode::validation_error, "must be an object", "$.policies");
  }
  Policies policies;
  for (const Json::Member& member : named->members()) {
    // Redacted before a path cuts it: a piece of a secret is not known for one.
    const std::string path = member_path("$.policies", without_credentials(member.key));
    const auto type = parse_entity_type(member.key);
    if (!type || *type == EntityType::conflict) {
      return fail(ErrorCode::validation_error, "is no entity type", path);
    }
    SS_ASSIGN(policies[*type], read_strategy(spec_of(*type), member.value, path));
  }
  return policies;
}

}  // namespace studiosync::server
