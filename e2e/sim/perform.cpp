// The steps of a scenario, as the world performs them. A step that makes no sense any more (its
// device is dead, its record gone) does nothing: a shrunk scenario still runs.
#include <algorithm>
#include <utility>

#include "core/base/check.hpp"
#include "core/protocol/codec.hpp"
#include "e2e/sim/world.hpp"

namespace studiosync::e2e {
namespace {

constexpr std::uint16_t close_unauthorized = 4401;
constexpr std::uint16_t close_forbidden = 4403;
constexpr std::size_t conflicts_max = 10'000;

// The oldest open conflict of a record.
std::optional<ConflictView> open_conflict(DeviceStore& store, const Step& step) {
  std::optional<ConflictView> oldest;
  for (const DeviceRecord& record : store.list(EntityType::conflict, "", conflicts_max)) {
    auto view = conflict_from_content(record.id, record.content);
    if (!view || view->resolved) continue;
    const ConflictCase& conflict = view->conflict;
    if (conflict.type != step.type || conflict.item_id != step.id) continue;
    if (!oldest || view->detected_at < oldest->detected_at) oldest = std::move(*view);
  }
  return oldest;
}

}  // namespace

struct World::Performed {
  Do what;
  Perform perform;
};

const World::Performed World::table[] = {
    {Do::put, &World::put},
    {Do::remove, &World::remove},
    {Do::resolve, &World::resolve},
    {Do::policy, &World::policy},
    {Do::online, &World::online},
    {Do::offline, &World::offline},
    {Do::crash, &World::crash},
    {Do::start, &World::start},
    {Do::backup, &World::backup},
    {Do::restore, &World::restore},
    {Do::clone, &World::clone},
    {Do::clock, &World::clock},
    {Do::expire_token, &World::expire_token},
    {Do::expire_login, &World::expire_login},
    {Do::login, &World::login},
    {Do::revoke, &World::revoke},
    {Do::slow, &World::slow},
    {Do::disk_full, &World::disk_full},
    {Do::disk_free, &World::disk_free},
    {Do::partition, &World::partition},
    {Do::heal, &World::heal},
    {Do::cut, &World::cut},
    {Do::repeat, &World::repeat},
    {Do::delay, &World::delay},
    {Do::server_crash, &World::server_crash},
    {Do::server_start, &World::server_start},
    {Do::server_backup, &World::server_backup},
    {Do::server_restore, &World::server_restore},
    {Do::server_drain, &World::server_drain},
    {Do::server_pause, &World::server_pause},
    {Do::server_resume, &World::server_resume},
    {Do::server_disk_full, &World::server_disk_full},
    {Do::server_disk_free, &World::server_disk_free},
    {Do::commit_fails, &World::commit_fails},
    {Do::settle, &World::settle},
    {Do::expect, &World::expect},
    {Do::retry_rejected, &World::retry_rejected},
    {Do::discard_rejected, &World::discard_rejected},
    {Do::confirm, &World::confirm},
    {Do::quota, &World::quota},
    {Do::expire, &World::expire},
    {Do::reset, &World::reset},
};

void World::perform(const Step& step) {
  const auto* found = std::ranges::find(table, step.what, &Performed::what);
  SS_CHECK(found != std::end(table));
  (this->*found->perform)(step);
}

void World::put(const Step& step) {
  if (SimDevice* device = find(step.device)) {
    count_edit(device->put(step.type, step.id, step.data));
  }
}

void World::remove(const Step& step) {
  if (SimDevice* device = find(step.device)) count_edit(device->remove(step.type, step.id));
}

void World::count_edit(const Result<>& done) {
  if (done) {
    ++operations_;
    return;
  }
  const Error& error = done.error();
  const std::string path = error.path.empty() ? "" : " (" + error.path + ")";
  remarks_.push_back({step_, "refused: " + error.message + path});
}

// As the app does: a request of its own, answered while the record's rows come as a broadcast.
void World::resolve(const Step& step) {
  SimDevice* device = find(step.device);
  if (device == nullptr || !device->running() || !device->reaches_server()) return;
  const auto view = open_conflict(device->store(), step);
  if (!view) return;
  Resolve decision{.conflict_id = view->conflict.id, .strategy = Strategy::user_choice};
  decision.chosen = parse_choice(step.text);
  if (decision.chosen == Choice::keep_both) {
    decision.strategy = Strategy::keep_both;
    decision.chosen.reset();
  }
  decision.remote_version = view->conflict.remote.version;
  ++operations_;
  const DeviceMeta meta = device->store().meta();
  server_.sync()->resolve(server_.caller(device->user()), {{}, meta.device, meta.device_name},
                          std::move(decision), [](const Result<ResolveOutcome>&) {});
}

void World::policy(const Step& step) {
  const auto strategy = parse_strategy(step.text);
  SimDevice* device = find(step.device);
  if (!strategy || device == nullptr || !device->running() || !device->reaches_server()) return;
  ++operations_;
  recorder_.note(step.device,
                 Turned{.what = Turned::What::policy_chosen,
                        .user = device->user(),
                        .detail = std::string(to_string(step.type)) + " " + step.text});
  server_.sync()->set_policies(server_.caller(device->user()), {{step.type, *strategy}},
                               [](const Result<Policies>&) {});
}

void World::retry_rejected(const Step& step) {
  for (SimDevice* device : named(step)) {
    if (device->running()) ++operations_;
    device->retry_rejected();
  }
}
void World::discard_rejected(const Step& step) {
  for (SimDevice* device : named(step)) {
    if (device->running()) ++operations_;
    device->discard_rejected();
  }
}
void World::confirm(const Step& step) {
  for (SimDevice* device : named(step)) device->confirm();
}

void World::online(const Step& step) {
  for (SimDevice* device : named(step)) device->online();
}
void World::offline(const Step& step) {
  for (SimDevice* device : named(step)) device->offline();
}
void World::crash(const Step& step) {
  for (SimDevice* device : named(step)) device->crash();
}
void World::start(const Step& step) {
  for (SimDevice* device : named(step)) {
    device->start();
    expect_near_crashes(*device);
  }
}
void World::backup(const Step& step) {
  for (SimDevice* device : named(step)) device->backup();
}
void World::restore(const Step& step) {
  for (SimDevice* device : named(step)) {
    device->restore();
    expect_near_crashes(*device);
  }
}

void World::clone(const Step& step) {
  SimDevice* original = find(step.device);
  if (original == nullptr || find(step.text) != nullptr) return;
  devices_.push_back(std::make_unique<SimDevice>(device_parts(), step.text, *original));
  expect_near_crashes(*devices_.back());
}

void World::clock(const Step& step) {
  for (SimDevice* device : named(step)) device->set_skew(step.ms);
}

void World::expire_token(const Step& step) {
  for (SimDevice* device : named(step)) {
    device->expire_token();
    end_live(*device,
             ErrorFrame{{.code = ErrorCode::token_expired, .message = "the token has expired"}},
             close_unauthorized);
  }
}

void World::expire_login(const Step& step) {
  for (SimDevice* device : named(step)) device->end_login();
  expire_token(step);
}

void World::login(const Step& step) {
  for (SimDevice* device : named(step)) {
    if (device->reaches_server()) device->log_in();
  }
}

void World::revoke(const Step& step) {
  for (SimDevice* device : named(step)) {
    device->revoke();
    end_live(*device, Revoked{std::string(to_string(ErrorCode::device_revoked))}, close_forbidden);
  }
}

void World::end_live(const SimDevice& device, const Message& farewell, std::uint16_t close_code) {
  server::Hub* hub = server_.hub();
  if (hub == nullptr) return;
  hub->end_device(gate_.user_of(device.user()), device.id(), farewell, close_code);
}

void World::slow(const Step& step) {
  for (SimDevice* device : named(step)) device->path().slow = step.ms;
}
void World::disk_full(const Step& step) {
  for (SimDevice* device : named(step)) device->set_disk_full(true);
}
void World::disk_free(const Step& step) {
  for (SimDevice* device : named(step)) device->set_disk_full(false);
}

}  // namespace studiosync::e2e
