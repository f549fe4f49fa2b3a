// What the user of a simulated device does to its records, and what it shows at the end.
#include <limits>
#include <utility>

#include "core/base/check.hpp"
#include "core/schema/registry.hpp"
#include "core/sync/refused.hpp"
#include "e2e/history/device_state.hpp"
#include "e2e/sim/sim_device.hpp"

namespace studiosync::e2e {
namespace {

constexpr std::size_t all = std::numeric_limits<std::size_t>::max();

// An old version knows the required fields of a type and the first half of the others.
bool known_to_old_client(const EntitySpec& spec, std::string_view field) {
  for (std::size_t i = 0; i < spec.fields.size(); ++i) {
    if (spec.fields[i].name == field) return spec.fields[i].required || i < spec.fields.size() / 2;
  }
  return false;
}

Json known_part(const Json& data, EntityType type) {
  Json known = Json::object();
  for (const Json::Member& member : data.members()) {
    if (known_to_old_client(spec_of(type), member.key)) known.set(member.key, member.value);
  }
  return known;
}

// Fields named are set, null removes one, others stay.
Json merged(const std::string& before, const Json& data) {
  Json whole = before.empty() ? Json::object() : parse_json(before).value();
  for (const Json::Member& member : data.members()) {
    if (member.value.is_null()) {
      (void)whole.erase(member.key);
    } else {
      whole.set(member.key, member.value);
    }
  }
  return whole;
}

}  // namespace

std::string SimDevice::shown(EntityType type, const std::string& id) {
  return store_->find(type, id).value_or(DeviceRecord{}).content;
}

bool SimDevice::edit(const std::function<Result<Edits>(DeviceStore&)>& write) {
  bool durable = false;
  turn(nullptr, [&]() -> Effects {
    Edits edits;
    const auto write_all = [&]() -> Result<> {
      SS_ASSIGN(edits, write(*store_));
      return {};
    };
    auto effects = engine_->edit(write_all, clock());
    durable = effects.has_value();
    if (!durable) return engine_->edited(clock());
    for (Edited& edited : edits) parts_.recorder.note(name(), std::move(edited));
    return std::move(*effects);
  });
  return durable;
}

bool SimDevice::put(EntityType type, const std::string& id, const Json& data) {
  if (!running()) return false;
  const Json known = spec_.old_client ? known_part(data, type) : data;
  if (known.members().empty()) return false;
  return edit([&](DeviceStore& store) -> Result<Edits> {
    const std::string before = shown(type, id);
    SS_ASSIGN(const EditOutcome outcome,
              put_record(store, type, id, merged(before, known), clock()));
    return Edits{{.user = user(),
                  .type = type,
                  .id = outcome.id,
                  .before = outcome.id == id ? before : std::string(),
                  .after = shown(type, outcome.id),
                  .local_only = outcome.local_only}};
  });
}

bool SimDevice::remove(EntityType type, const std::string& id) {
  if (!running()) return false;
  return edit([&](DeviceStore& store) -> Result<Edits> {
    Edits edits{removal(type, id)};
    for (const RecordKey& child : children_of(type, id)) {
      edits.push_back(removal(child.type, child.id));
    }
    SS_TRY(delete_record(store, type, id, clock()));
    return edits;
  });
}

Edited SimDevice::removal(EntityType type, const std::string& id) {
  const DeviceRecord record = store_->find(type, id).value_or(DeviceRecord{});
  return {.user = user(),
          .type = type,
          .id = id,
          .action = Action::remove,
          .before = record.content,
          .local_only = record.local_only};
}

void SimDevice::retry_rejected() {
  if (!running()) return;
  for (const RejectedChange& rejected : store_->rejected()) {
    (void)edit([&](DeviceStore& store) -> Result<Edits> {
      SS_TRY(retry_refused(store, rejected.change.change, clock()));
      return Edits{};
    });
  }
}

void SimDevice::discard_rejected() {
  if (!running()) return;
  for (const RejectedChange& rejected : store_->rejected()) {
    (void)edit([&](DeviceStore& store) -> Result<Edits> {
      SS_TRY(discard_refused(store, rejected.change.change, clock()));
      return Edits{};
    });
  }
}

std::vector<RecordKey> SimDevice::children_of(EntityType type, const std::string& id) {
  std::vector<RecordKey> children;
  for (const EntitySpec& spec : registry()) {
    if (spec.parent_field.empty() || spec.parent != type) continue;
    for (const DeviceRecord& record : store_->list(spec.type, "", all)) {
      const Fields fields = Fields::from_content(record.content);
      const std::string* parent = fields.find(spec.parent_field);
      if (parent != nullptr && *parent == Json(id).canonical()) {
        children.push_back({spec.type, record.id});
      }
    }
  }
  return children;
}

DeviceState SimDevice::state() {
  SS_CHECK(running());
  const EngineStatus now = status();
  DeviceState state = device_state(*store_);
  state.user = user();
  state.link = to_string(now.state);
  state.synced = now.synced;
  state.aside = storage_->aside();
  return state;
}

}  // namespace studiosync::e2e
