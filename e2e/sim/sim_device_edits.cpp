// What the user of a simulated device does to its records, and what it shows at the end.
#include <utility>

#include "core/base/check.hpp"
#include "core/schema/registry.hpp"
#include "core/sync/refused.hpp"
#include "e2e/history/device_state.hpp"
#include "e2e/history/user_edit.hpp"
#include "e2e/sim/sim_device.hpp"

namespace studiosync::e2e {
namespace {

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

Unexpected dead() {
  return fail(ErrorCode::service_unavailable, "the device does not run");
}

}  // namespace

DeviceRecord SimDevice::found(EntityType type, const std::string& id) {
  return store_->find(type, id).value_or(DeviceRecord{});
}

std::string SimDevice::shown(EntityType type, const std::string& id) {
  return found(type, id).content;
}

Decided SimDevice::decided(const FrozenChange& refused, Decided::What what, std::string before) {
  return {.user = user(),
          .type = refused.type,
          .id = refused.id,
          .change = refused.change,
          .what = what,
          .before = std::move(before),
          .after = shown(refused.type, refused.id)};
}

Result<> SimDevice::edit(const std::function<Result<Edits>(DeviceStore&)>& write) {
  Result<> done;
  turn(nullptr, [&]() -> Effects {
    Edits edits;
    const auto write_all = [&]() -> Result<> {
      SS_ASSIGN(edits, write(*store_));
      return {};
    };
    auto effects = engine_->edit(write_all, clock());
    if (!effects) {
      done = Unexpected(std::move(effects).error());
      return engine_->edited(clock());
    }
    for (Happening& what : edits) parts_.recorder.note(name(), std::move(what));
    return std::move(*effects);
  });
  return done;
}

Result<> SimDevice::put(EntityType type, const std::string& id, const Json& data) {
  if (!running()) return dead();
  const Json known = spec_.old_client ? known_part(data, type) : data;
  if (known.members().empty()) {
    return fail(ErrorCode::validation_error, "this version knows none of the fields");
  }
  return edit([&](DeviceStore& store) -> Result<Edits> {
    const std::string before = shown(type, id);
    SS_ASSIGN(const EditOutcome outcome,
              put_record(store, type, id, edited_data(before, known), clock()));
    // What the user typed is what he typed, whatever the device keeps of it.
    std::string after = edited_data(shown(type, outcome.id), known).canonical();
    return Edits{Edited{.user = user(),
                        .type = type,
                        .id = outcome.id,
                        .before = outcome.id == id ? before : std::string(),
                        .after = std::move(after),
                        .local_only = outcome.local_only}};
  });
}

Result<> SimDevice::remove(EntityType type, const std::string& id) {
  if (!running()) return dead();
  return edit([&](DeviceStore& store) -> Result<Edits> {
    Edits edits;
    for (Edited& edited : deletions(store, type, id)) {
      edited.user = user();
      edits.emplace_back(std::move(edited));
    }
    SS_TRY(delete_record(store, type, id, clock()));
    return edits;
  });
}

void SimDevice::retry_rejected() {
  if (!running()) return;
  for (const RejectedChange& rejected : store_->rejected()) {
    (void)edit([&](DeviceStore& store) -> Result<Edits> {
      const FrozenChange& change = rejected.change;
      const DeviceRecord before = found(change.type, change.id);
      SS_TRY(retry_refused(store, change.change, clock()));
      const bool queued = !before.edit && found(change.type, change.id).edit;
      const auto what = queued ? Decided::What::retried : Decided::What::taken_off;
      return Edits{decided(change, what, before.content)};
    });
  }
}

void SimDevice::discard_rejected() {
  if (!running()) return;
  for (const RejectedChange& rejected : store_->rejected()) {
    (void)edit([&](DeviceStore& store) -> Result<Edits> {
      const FrozenChange& change = rejected.change;
      std::string before = shown(change.type, change.id);
      SS_TRY(discard_refused(store, change.change, clock()));
      return Edits{decided(change, Decided::What::discarded, std::move(before))};
    });
  }
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
