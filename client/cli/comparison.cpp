#include "client/cli/comparison.hpp"

#include "client/cli/record_view.hpp"
#include "client/cli/reply_member.hpp"

namespace studiosync::client {
namespace {

Hash128 mark_of(const RecordKey& key) {
  return hash128(std::string(to_string(key.type)) + '/' + key.id);
}

std::uint64_t version_of(const Json& row) {
  const Json* version = row.find("sync_version");
  return version != nullptr && version->is_integer() ? version->as_uint() : 0;
}

std::uint64_t version_of(const DeviceRecord& record) {
  return record.shadow ? record.shadow->rev.version.value : 0;
}

// What the server adds to a record's own fields.
Fields content_of(Json row) {
  for (const char* key : {"id", "sync_version", "updated_at"}) row.erase(key);
  return Fields::from_json(row);
}

// The record with what was sent in place of what is redacted there.
Fields as_sent(const DeviceRecord& record) {
  Fields fields = Fields::from_content(record.content);
  if (!record.shadow || record.shadow->content.empty()) return fields;
  const Fields shadow = Fields::from_content(record.shadow->content);
  for (const std::string& field : record.redacted) {
    if (const std::string* value = shadow.find(field)) {
      fields.set(field, *value);
    } else {
      fields.erase(field);  // its name is the credential
    }
  }
  return fields;
}

std::vector<std::string> differing(const Fields& here, const Fields& there) {
  std::set<std::string> names;
  const auto look = [&names](const Fields& one, const Fields& other) {
    for (const auto& [name, value] : one) {
      const std::string* counterpart = other.find(name);
      if (counterpart == nullptr || *counterpart != value) names.insert(name);
    }
  };
  look(here, there);
  look(there, here);
  return {names.begin(), names.end()};
}

}  // namespace

std::string_view to_string(Difference::Kind kind) noexcept {
  switch (kind) {
    case Difference::Kind::only_here:
      return "only_here";
    case Difference::Kind::only_there:
      return "only_there";
    case Difference::Kind::differs:
      break;
  }
  return "differs";
}

void Comparison::take(const Json& page) {
  for (const EntitySpec& spec : registry()) {
    for (const Json& row : list_member(page, spec.plural)) {
      compare({spec.type, text_member(row, "id")}, row);
    }
  }
  for (const Json& row : list_member(page, "deleted")) {
    const auto type = parse_entity_type(text_member(row, "item_type"));
    if (type) take_deleted({*type, text_member(row, "item_id")});
  }
}

void Comparison::compare(const RecordKey& key, const Json& row) {
  there_.insert(mark_of(key));
  found_.erase(key);
  const auto record = store_.find(key.type, key.id);
  if (record && record->local_only) return;
  Difference difference{.server_version = version_of(row)};
  if (record) {
    difference.state = record_state(*record);
    difference.local_version = version_of(*record);
  }
  if (!record || record->content.empty()) {
    difference.kind = Difference::Kind::only_there;
    found_[key] = std::move(difference);
    return;
  }
  difference.kind = Difference::Kind::differs;
  difference.fields = differing(as_sent(*record), content_of(row));
  if (!difference.fields.empty()) found_[key] = std::move(difference);
}

// A record that was there a page ago.
void Comparison::take_deleted(const RecordKey& key) {
  there_.erase(mark_of(key));
  found_.erase(key);
}

void Comparison::find_only_here(EntityType type) {
  std::string after;
  for (auto page = store_.list(type, after, 500); !page.empty();
       page = store_.list(type, after, 500)) {
    after = page.back().id;
    for (const DeviceRecord& record : page) {
      const RecordKey key{record.type, record.id};
      if (record.local_only || there_.contains(mark_of(key))) continue;
      found_[key] = {.kind = Difference::Kind::only_here,
                     .state = record_state(record),
                     .local_version = version_of(record)};
    }
  }
}

std::map<RecordKey, Difference> Comparison::finish() {
  for (const EntitySpec& spec : registry()) find_only_here(spec.type);
  return std::move(found_);
}

}  // namespace studiosync::client
