#include "tests/server/store/store_fixture.hpp"

#include <utility>

namespace studiosync::server {

Record record_of(EntityType type, std::string id, std::string content) {
  Record record;
  record.type = type;
  record.id = std::move(id);
  record.deleted = content.empty();
  record.rev.version = Version{1};
  record.device.value = "laptop";
  record.content = std::move(content);
  return record;
}

Result<> write(Store& store, UserRef user, Store::Job job) {
  auto answer = std::make_shared<std::promise<Result<>>>();
  store.write(user, std::move(job), [answer](Result<> r) { answer->set_value(std::move(r)); });
  return answer->get_future().get();
}

Record put(Store& store, UserRef user, Record record) {
  const auto result = write(store, user, [&](UserTxn& txn) { txn.put(record); });
  return result ? record : Record{};
}

StuckWriter::StuckWriter(Store& store, UserRef user) {
  auto started = std::make_shared<std::promise<void>>();
  std::shared_future<void> go = go_.get_future().share();
  store.write(
      user,
      [started, go](UserTxn&) {
        started->set_value();
        go.wait();
      },
      [](Result<>) {});
  started->get_future().wait();
}

void StuckWriter::release() {
  if (!released_) go_.set_value();
  released_ = true;
}

SqliteStoreOptions SqliteHome::options() {
  return {.folder = folder.path(),
          .shards = 1,
          .clock = [this] { return CommitTime{now_us}; },
          .entropy = [this] { return next_random++; }};
}

SqliteStoreOptions CallerHome::options(SqliteStoreOptions options) {
  options.folder = "server";
  options.vfs = vfs.name();
  options.folder_in_vfs = true;
  options.post = [this](std::function<void()> step) {
    if (hold) return held.push_back(std::move(step));
    step();
  };
  return options;
}

void CallerHome::run_held() {
  for (auto& step : std::exchange(held, {})) step();
}

}  // namespace studiosync::server
