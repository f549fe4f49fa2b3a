#include "tests/support/live/live_device.hpp"

#include <chrono>

#include "core/base/check.hpp"
#include "os/entropy.hpp"
#include "os/wall_clock.hpp"

namespace studiosync::test {
namespace {

// Reconnects at once, so that a test does not wait for a pause that is meant for a crowd of
// devices.
EngineOptions hasty() {
  EngineOptions options;
  options.backoff_first = Millis{10};
  options.backoff_largest = Millis{50};
  return options;
}

void give_identity(client::SqliteDeviceStore& store, const std::string& name) {
  DeviceMeta meta = store.meta();
  if (!meta.device.empty()) return;
  Random random(os::random_u64());
  meta.device.value = "device-" + name;
  meta.device_name = name;
  meta.replica.bytes = uuid_v7(os::wall_now().unix_ms, random);
  SS_CHECK(store.begin().has_value());
  store.set_meta(meta);
  SS_CHECK(store.commit().has_value());
}

}  // namespace

LiveDevice::LiveDevice(client::Login login, const std::string& name) : name_(name) {
  login.device_name = name;
  SS_CHECK(client::save_login(folder(), login).has_value());
  start();
}

void LiveDevice::start() {
  auto store = client::open_device_store(database(), os::wall_now());
  SS_CHECK(store.has_value());
  give_identity(**store, name_);
  const auto login = client::load_login(folder());
  SS_CHECK(login.has_value() && login->has_value());
  const client::EngineHost::Options options{
      .folder = folder(), .engine = hasty(), .other_process_poll = Millis{10}};
  auto host = client::EngineHost::create(std::move(*store), **login, options,
                                         [this](const Notice& notice, const EngineStatus&) {
                                           const std::lock_guard lock(mutex_);
                                           notices_.push_back(notice);
                                           noticed_.notify_all();
                                         });
  SS_CHECK(host.has_value());
  host_ = std::move(*host);
}

void LiveDevice::restart(const std::function<void()>& meanwhile) {
  host_.reset();
  meanwhile();
  start();
}

void LiveDevice::put(const std::string& id, const std::string& name) {
  Json data = Json::object().set("name", name).set("query", "SELECT 1");
  SS_CHECK(host_->put(EntityType::saved_query, id, std::move(data)).has_value());
}

std::string LiveDevice::name_of(const std::string& id) {
  std::string name;
  host_->with_store([&](client::SqliteDeviceStore& store) {
    const auto record = store.find(EntityType::saved_query, id);
    const auto data = record ? parse_json(record->content) : Json();
    const Json* value = data ? data->find("name") : nullptr;
    if (value != nullptr) name = value->as_string();
  });
  return name;
}

std::vector<std::string> LiveDevice::names() {
  std::vector<std::string> ids;
  host_->with_store([&](client::SqliteDeviceStore& store) {
    for (const DeviceRecord& record : store.list(EntityType::saved_query, {}, 1000)) {
      ids.push_back(record.id);
    }
  });
  for (std::string& id : ids) id = name_of(id);
  return ids;
}

std::string LiveDevice::sync() {
  const auto synced = host_->wait_synced(patience);
  return synced ? std::string() : std::string(to_string(synced.error().code));
}

bool LiveDevice::wait_until(const std::function<bool()>& holds) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(patience.count);
  std::unique_lock lock(mutex_);
  while (std::chrono::steady_clock::now() < until) {
    const std::size_t seen = notices_.size();
    lock.unlock();
    if (holds()) return true;
    lock.lock();
    // A file or a status may change without a notice.
    noticed_.wait_for(lock, std::chrono::milliseconds(50), [&] { return notices_.size() > seen; });
  }
  return false;
}

bool LiveDevice::wait_for_name(const std::string& id, const std::string& name) {
  return wait_until([&] { return name_of(id) == name; });
}

bool LiveDevice::wait_for_state(LinkState state) {
  return wait_until([&] { return host_->status().state == state; });
}

std::vector<Notice> LiveDevice::notices(Notice::Kind kind) {
  const std::lock_guard lock(mutex_);
  std::vector<Notice> found;
  for (const Notice& notice : notices_) {
    if (notice.kind == kind) found.push_back(notice);
  }
  return found;
}

}  // namespace studiosync::test
