#include "e2e/history/user_edit.hpp"

#include <limits>

#include "core/base/merge_patch.hpp"
#include "core/schema/registry.hpp"

namespace studiosync::e2e {
namespace {

constexpr std::size_t all = std::numeric_limits<std::int32_t>::max();

void add_deletion(DeviceStore& store, EntityType type, const std::string& id,
                  std::vector<Edited>& deletions) {
  const auto found = store.find(type, id);
  if (!found || found->content.empty()) return;
  deletions.push_back({.type = type,
                       .id = id,
                       .action = Action::remove,
                       .before = found->content,
                       .local_only = found->local_only});
}

}  // namespace

Json edited_data(const std::string& before, const Json& data) {
  return merge_patch(before.empty() ? Json::object() : parse_json(before).value(), data);
}

std::vector<Edited> deletions(DeviceStore& store, EntityType type, const std::string& id) {
  std::vector<Edited> found;
  add_deletion(store, type, id, found);
  const std::string parent = Json(id).canonical();
  for (const EntitySpec& spec : registry()) {
    if (found.empty() || spec.parent_field.empty() || spec.parent != type) continue;
    for (const DeviceRecord& record : store.list(spec.type, "", all)) {
      const Fields fields = Fields::from_content(record.content);
      const std::string* value = fields.find(spec.parent_field);
      if (value != nullptr && *value == parent) add_deletion(store, spec.type, record.id, found);
    }
  }
  return found;
}

}  // namespace studiosync::e2e
