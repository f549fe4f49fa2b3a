// Short ways to say what happens on a device and in a user's log, without engine and network.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "client/store/memory_device_store.hpp"
#include "core/sync/apply.hpp"
#include "core/sync/local_edit.hpp"
#include "core/sync/outbox.hpp"
#include "server/store/memory/memory_store.hpp"

namespace studiosync::testing {

inline constexpr WallTime noon{1'800'000'000'000};

// Made up, in characters that ids allow.
inline constexpr std::string_view key_of_a_provider = "AKIA7QXN4ZJ2WVB3KDTP";

Json json(std::string_view text);
ReplicaId replica(std::uint8_t letter);
ChangeId change_id(std::uint8_t number);
std::vector<std::string> texts(std::initializer_list<const char*> list);

// A saved query's content in canonical form.
std::string query_text(std::string_view name, std::string_view query, std::string_view folder = "");

// A live version of a record as the server sends it.
Record row(EntityType type, std::string_view id, std::uint64_t version, std::string_view content);
Record tombstone(EntityType type, std::string_view id, std::uint64_t version,
                 std::string_view reason = {});

// A device's database with an identity of its own.
client::MemoryDeviceStore device_store(const std::string& name, std::uint8_t letter);

// One device's edits, outbox and answers, each call one transaction.
class DeviceTest : public ::testing::Test {
 protected:
  DeviceTest();

  EditOutcome put(EntityType type, std::string_view id, std::string_view data);
  EditOutcome put_query(std::string_view id, std::string_view name, std::string_view query);
  Result<EditOutcome> try_put(EntityType type, std::string_view id, std::string_view data);
  Result<EditOutcome> erase(EntityType type, std::string_view id);
  // The server's version, seen and not edited.
  void pulled(const Record& row);
  std::vector<FrozenChange> freeze_all();
  Settled settle_as(ChangeResult result);
  // As sent, at a version.
  ChangeResult applied(const FrozenChange& change, std::uint64_t version) const;
  // As something else, with the record that is stored instead.
  ChangeResult answered(const FrozenChange& change, Status status, const Record& stored) const;
  DeviceRecord record(EntityType type, std::string_view id);
  std::string shown(EntityType type, std::string_view id);

  WallTime now_ = noon;
  Random random_{7};
  client::MemoryDeviceStore store_;
};

// One user's log on a server.
class LogTest : public ::testing::Test {
 protected:
  LogTest();

  PushChange upsert(std::uint64_t seq, EntityType type, std::string_view id, std::string_view data,
                    Rev base = {}, std::vector<std::string> changed = {}) const;
  PushChange removal(std::uint64_t seq, EntityType type, std::string_view id, Rev base) const;
  Applied push(const Author& author, std::vector<PushChange> changes);
  ChangeResult push_one(const Author& author, const PushChange& change);
  Applied upload(const Author& author, std::vector<PlainChange> changes);
  ResolveOutcome resolve(const Author& author, const Resolve& resolve);
  void choose(EntityType type, Strategy strategy);
  // A new epoch begins, on what was stored last or on a backup.
  void restart() { restart_on(store_->image()); }
  void restart_on(server::MemoryImage image);
  void read(const std::function<void(UserReader&)>& visit);
  // One transaction of the user's, committed.
  void write(const std::function<void(UserTxn&)>& work);
  std::optional<Record> stored(EntityType type, std::string_view id);
  const server::MemoryUser& image() const;

  WallTime now_ = noon;
  std::uint64_t quota_ = 1U << 30;
  Cursor read_;  // how far who pushes has read
  Author laptop_{replica('L'), {"laptop-1"}, "laptop"};
  Author tablet_{replica('T'), {"tablet-1"}, "tablet"};
  server::UserRef user_{0, UserId{1}};
  std::unique_ptr<server::MemoryStore> store_;

 private:
  std::uint64_t entropy_ = 100;
};

}  // namespace studiosync::testing
