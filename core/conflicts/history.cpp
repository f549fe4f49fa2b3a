#include "core/conflicts/history.hpp"

#include <algorithm>
#include <tuple>

#include "core/base/zoo.hpp"

namespace studiosync {

History::History(const Record& record) : record_(record) {
  if (!record.deleted) fields_ = Fields::from_content(record.content);
}

FieldVersion History::last_change(std::string_view field) const {
  if (const FieldVersion* entry = find_entry(field)) return *entry;
  if (record_.deleted || fields_.find(field) != nullptr) return changed_with_record(field);
  if (const FieldVersion* entry = find_entry(any_field)) {
    return {std::string(field), entry->version, entry->origin};
  }
  return {std::string(field), Version{}, Origin{}};
}

std::vector<FieldVersion> History::last_changes() const {
  std::vector<FieldVersion> changes = record_.field_versions;
  for (const auto& [field, value] : fields_) {
    if (find_entry(field) == nullptr) changes.push_back(changed_with_record(field));
  }
  std::ranges::sort(changes, {}, &FieldVersion::field);
  return changes;
}

// A linear search: a record has a score of fields, and seldom more than a few entries.
const FieldVersion* History::find_entry(std::string_view field) const noexcept {
  const auto it = std::ranges::find(record_.field_versions, field, &FieldVersion::field);
  return it == record_.field_versions.end() ? nullptr : &*it;
}

FieldVersion History::changed_with_record(std::string_view field) const {
  return {std::string(field), record_.rev.version, authored(record_.origin, record_.device)};
}

bool has_seen(const Incoming& incoming, const FieldVersion& change) noexcept {
  if (change.version <= incoming.base) return true;
  if (SS_ZOO(versions_leapfrog) && change.version <= incoming.base.next()) return true;
  return !SS_ZOO(own_changes_conflict) && wrote_before(incoming, change);
}

bool wrote_before(const Incoming& incoming, const FieldVersion& change) noexcept {
  if (change.origin.replica != author_of(incoming.origin, incoming.device)) return false;
  // A plain client numbers nothing; its requests count in the order in which they come.
  if (incoming.origin.replica.nil()) return true;
  if (incoming.cloned_from && change.origin.device_seq >= *incoming.cloned_from) return false;
  return change.origin.device_seq < incoming.origin.device_seq;
}

Origin authored(const Origin& origin, const DeviceId& device) noexcept {
  return {author_of(origin, device), origin.device_seq, origin.stamp};
}

Origin origin_of(const Incoming& incoming, std::string_view field) noexcept {
  const auto it = std::ranges::find(incoming.authors, field, &FieldVersion::field);
  if (it != incoming.authors.end()) return it->origin;
  return authored(incoming.origin, incoming.device);
}

bool newer(const Origin& a, const Origin& b) noexcept {
  return std::tie(a.stamp, a.replica, a.device_seq) > std::tie(b.stamp, b.replica, b.device_seq);
}

}  // namespace studiosync
