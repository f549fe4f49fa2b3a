#include "bench/stack/device.hpp"

#include "bench/stack/must.hpp"
#include "os/entropy.hpp"
#include "os/wall_clock.hpp"

namespace studiosync::bench {
namespace {

constexpr std::chrono::seconds patience{30};

void give_identity(client::SqliteDeviceStore& store, const client::Login& login) {
  must(store.begin(), "preparing a device");
  Random random(os::random_u64());
  DeviceMeta meta = store.meta();
  meta.device.value = login.device_id;
  meta.device_name = login.device_name;
  meta.user_id = login.user_id;
  meta.replica.bytes = uuid_v7(os::wall_now().unix_ms, random);
  store.set_meta(meta);
  must(store.commit(), "preparing a device");
}

}  // namespace

Device::Device(const std::string& parent, const std::string& name, client::Login login)
    : folder_(parent) {
  login.device_id = "bench-" + name;
  login.device_name = name;
  must(client::save_login(folder_.path(), login), "saving a login");
  auto store = must(client::open_device_store(database(), os::wall_now()), "opening a device");
  give_identity(*store, login);
  host_ = must(client::EngineHost::create(
                   std::move(store), std::move(login), {.folder = folder_.path()},
                   [this](const Notice& notice, const EngineStatus&) { take(notice); }),
               "starting a device");
}

void Device::take(const Notice& notice) {
  if (notice.kind != Notice::Kind::changed) return;
  const auto now = Clock::now();
  const std::lock_guard lock(mutex_);
  if (notice.key != watched_) return;
  seen_ = now;
  told_.notify_one();
}

void Device::watch(RecordKey key) {
  const std::lock_guard lock(mutex_);
  watched_ = std::move(key);
  seen_.reset();
}

Clock::time_point Device::seen() {
  std::unique_lock lock(mutex_);
  if (!told_.wait_for(lock, patience, [this] { return seen_.has_value(); })) {
    give_up("waiting for a change", {.message = "it never came"});
  }
  return *seen_;
}

}  // namespace studiosync::bench
