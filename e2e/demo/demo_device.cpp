#include "e2e/demo/demo_device.hpp"

#include "os/entropy.hpp"
#include "os/wall_clock.hpp"

namespace studiosync::demo {
namespace {

Result<std::unique_ptr<client::SqliteDeviceStore>> new_store(const DemoDevice::Join& join,
                                                             const client::Login& login) {
  SS_ASSIGN(auto store, client::open_device_store(join.folder + "/device.db", os::wall_now()));
  SS_TRY(store->begin());
  Random random(os::random_u64());
  DeviceMeta meta = store->meta();
  meta.device.value = login.device_id;
  meta.device_name = join.name;
  meta.user_id = login.user_id;
  meta.replica.bytes = uuid_v7(os::wall_now().unix_ms, random);
  store->set_meta(meta);
  SS_TRY(store->commit());
  return store;
}

}  // namespace

Result<std::unique_ptr<DemoDevice>> DemoDevice::join(const Join& join) {
  std::unique_ptr<DemoDevice> device(new DemoDevice());
  client::Login& login = device->login_;
  login.server = join.server;
  login.device_id = "demo-" + join.name;
  login.device_name = join.name;
  client::HttpClient http(join.server);
  SS_TRY(join.register_account ? client::register_account(http, join.credentials, login)
                               : client::log_in(http, join.credentials, login));
  SS_ASSIGN(auto store, new_store(join, login));
  SS_TRY(client::save_login(join.folder, login));
  DemoDevice* self = device.get();
  SS_ASSIGN(device->host_,
            client::EngineHost::create(std::move(store), login,
                                       {.folder = join.folder, .engine = join.engine},
                                       [self](const Notice& notice, const EngineStatus& status) {
                                         self->take(notice, status);
                                       }));
  return device;
}

DemoDevice::~DemoDevice() {
  host_.reset();
}

void DemoDevice::take(const Notice& notice, const EngineStatus& status) {
  std::function<void(const Notice&, const EngineStatus&)> listener;
  {
    const std::lock_guard lock(mutex_);
    if (notice.kind == Notice::Kind::changed) {
      arrivals_.emplace(notice.key, std::chrono::steady_clock::now());
      arrived_.notify_all();
    }
    listener = listener_;
  }
  if (listener) listener(notice, status);
}

void DemoDevice::listen(std::function<void(const Notice&, const EngineStatus&)> listener) {
  const std::lock_guard lock(mutex_);
  listener_ = std::move(listener);
}

std::optional<Moment> DemoDevice::arrival(const RecordKey& key, Millis patience) {
  std::unique_lock lock(mutex_);
  const bool came = arrived_.wait_for(lock, std::chrono::milliseconds(patience.count),
                                      [&] { return arrivals_.contains(key); });
  return came ? std::optional<Moment>(arrivals_[key]) : std::nullopt;
}

void DemoDevice::forget_arrivals() {
  const std::lock_guard lock(mutex_);
  arrivals_.clear();
}

Json DemoDevice::data(EntityType type, const std::string& id) {
  Json data;
  host_->with_store([&](client::SqliteDeviceStore& store) {
    const auto record = store.find(type, id);
    if (record && !record->content.empty()) data = parse_json(record->content).value_or(Json());
  });
  return data;
}

std::vector<DeviceRecord> DemoDevice::all(EntityType type) {
  std::vector<DeviceRecord> records;
  host_->with_store(
      [&](client::SqliteDeviceStore& store) { records = store.list(type, {}, 100'000); });
  return records;
}

Result<> DemoDevice::change(EntityType type, const std::string& id,
                            const std::map<std::string, Json>& fields) {
  Json whole = data(type, id);
  if (!whole.is_object()) return fail(ErrorCode::not_found, "no such record: " + id);
  for (const auto& [key, value] : fields) whole.set(key, value);
  SS_TRY(host_->put(type, id, std::move(whole)));
  return {};
}

}  // namespace studiosync::demo
