#include "bench/stack/first_sync.hpp"

#include <optional>

#include "bench/stack/device.hpp"
#include "bench/stack/device_insert.hpp"
#include "bench/stack/limits.hpp"
#include "bench/stack/must.hpp"
#include "bench/stack/records.hpp"
#include "core/base/check.hpp"
#include "core/schema/registry.hpp"
#include "os/wall_clock.hpp"

namespace studiosync::bench {
namespace {

constexpr Millis patience{120'000};
constexpr std::size_t page_rows = 1000;
constexpr Seconds few_max{0.020};
constexpr Seconds many_max{0.150};
constexpr double inserts_max = 2;

struct Account {
  std::string name;
  std::vector<NewRecord> records;
  std::optional<Seconds> at_most;
};

struct Measured {
  Seconds upload{};
  std::vector<Seconds> downloads;
  std::vector<Seconds> inserts;
};

Seconds time_of(const auto& work) {
  const auto start = Clock::now();
  work();
  return Clock::now() - start;
}

void write_offline(Device& device, const std::vector<NewRecord>& records) {
  device.host().with_store([&](client::SqliteDeviceStore& store) {
    must(store.begin(), "writing the data set");
    for (const NewRecord& record : records) {
      must(put_record(store, record.type, record.id, record.data, os::wall_now()), "a record");
    }
    must(store.commit(), "writing the data set");
  });
}

void sync_all(Device& device) {
  device.host().go_online();
  must(device.host().wait_synced(patience), "syncing a device");
}

// Pulled rows are committed without a flush of their own; a full commit flushes them too.
void make_durable(Device& device) {
  device.host().with_store([](client::SqliteDeviceStore& store) {
    must(store.begin(Durability::full), "flushing a device");
    store.set_meta(store.meta());
    must(store.commit(), "flushing a device");
  });
}

std::vector<DeviceRecord> all_records(Device& device) {
  std::vector<DeviceRecord> all;
  device.host().with_store([&](client::SqliteDeviceStore& store) {
    for (auto page = store.records({}, page_rows); !page.empty();) {
      all.insert(all.end(), page.begin(), page.end());
      page = store.records({all.back().type, all.back().id}, page_rows);
    }
  });
  return all;
}

Measured measure(ServerProcess& server, const std::string& parent, const Account& account,
                 std::size_t rounds) {
  Measured measured;
  {
    Device first(parent, "first", server.log_in(account.name));
    write_offline(first, account.records);
    measured.upload = time_of([&] { sync_all(first); });
  }
  for (std::size_t round = 0; round < rounds; ++round) {
    Device fresh(parent, "fresh-" + std::to_string(round), server.log_in(account.name));
    measured.downloads.push_back(time_of([&] {
      sync_all(fresh);
      make_durable(fresh);
    }));
    const std::vector<DeviceRecord> arrived = all_records(fresh);
    SS_CHECK(arrived.size() == account.records.size());
    measured.inserts.push_back(time_device_insert(parent, arrived));
  }
  return measured;
}

std::vector<NewRecord> settings(std::size_t count) {
  auto records = records_of(EntityType::connection, count / 2);
  auto more = records_of(EntityType::preference, count - count / 2);
  std::ranges::move(more, std::back_inserter(records));
  return records;
}

std::vector<Account> accounts(const std::string& dataset, const FirstSyncScale& scale) {
  std::vector<Account> all{
      {"settings-few", settings(scale.few), few_max},
      {"settings-many", settings(scale.many), many_max},
      {"data-set", repeat_dataset(dataset, scale.of_each), {}},
  };
  for (const EntitySpec& spec : registry()) {
    all.push_back(
        {std::string(to_string(spec.type)), sampled_records(spec.type, scale.of_each), {}});
  }
  return all;
}

void add_headline(Figure& figure, const Account& account, const Measured& measured) {
  const Limit limit{median(measured.inserts), "bare insert"};
  figure.headlines.push_back(at_most(account.name + " " + std::to_string(account.records.size()),
                                     measured.downloads, 50, limit,
                                     account.at_most.value_or(inserts_max * limit.value)));
  figure.details.set(account.name, Json::object()
                                       .set("upload_us", micros(measured.upload))
                                       .set("downloads_us", samples_json(measured.downloads))
                                       .set("inserts_us", samples_json(measured.inserts)));
}

}  // namespace

Figure measure_first_sync(ServerProcess& server, const std::string& parent,
                          const std::string& dataset, const FirstSyncScale& scale) {
  Figure figure{.name = "W3 first sync", .headlines = {}, .details = Json::object()};
  LimitProbes limits(server.folder());
  for (const Account& account : accounts(dataset, scale)) {
    limits.sample();
    add_headline(figure, account, measure(server, parent, account, scale.rounds));
  }
  limits.sample();
  figure.limits = limits.to_json();
  figure.quiet = limits.quiet();
  return figure;
}

}  // namespace studiosync::bench
