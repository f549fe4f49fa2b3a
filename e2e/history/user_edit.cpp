#include "e2e/history/user_edit.hpp"

#include <limits>

#include "core/base/merge_patch.hpp"
#include "core/schema/registry.hpp"
#include "core/sync/rebase.hpp"

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

std::vector<Edited> given_up(const FrozenChange& refused, std::string before, std::string after) {
  const bool on_the_list = before.empty() || (after == before && !refused.content.empty());
  // Others may have written over a part of it.
  before = on_the_list ? refused.content : with_fields(before, refused.changed, refused.content);
  if (after == before) return {};
  Edited edited{.type = refused.type, .id = refused.id};
  if (after.empty() && !on_the_list) edited.action = Action::remove;
  edited.before = std::move(before);
  edited.after = std::move(after);
  return {std::move(edited)};
}

}  // namespace studiosync::e2e
