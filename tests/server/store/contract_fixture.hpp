// Runs one suite of tests against every implementation of the store.
#pragma once

#include <gtest/gtest.h>

#include <memory>

#include "server/store/memory/memory_store.hpp"
#include "server/store/sqlite/data_folder.hpp"
#include "sqlite/database.hpp"
#include "tests/server/store/store_fixture.hpp"

namespace studiosync::server {

// The last one commits on the caller's thread, over a disk in memory.
enum class Kind { memory, sqlite, sqlite_on_caller };

class StoreContract : public testing::TestWithParam<Kind> {
 protected:
  StoreContract() { open({}); }

  // A server start on what is stored.
  void reopen() { open(close()); }
  // The same, after which a user who has written before is at `head`.
  void reopen_at(UserRef user, Seq head) {
    MemoryImage image = close();
    if (GetParam() == Kind::memory) {
      image.at(user).state.head = head;
    } else {
      write_head(user, head);
    }
    open(std::move(image));
  }

  Result<> write(UserRef user, Store::Job job) {
    return server::write(*store_, user, std::move(job));
  }
  Record put(UserRef user, Record record) { return server::put(*store_, user, std::move(record)); }
  template <class Read>
  auto read(UserRef user, Read read) {
    decltype(read(std::declval<UserReader&>())) value{};
    EXPECT_TRUE(store_->read(user, [&](UserReader& reader) { value = read(reader); }));
    return value;
  }
  UserState state(UserRef user) {
    return read(user, [](UserReader& reader) { return reader.state(); });
  }
  std::vector<std::string> ids_after(UserRef user, Seq after, UserReader::PageLimits limits) {
    return read(user, [&](UserReader& reader) {
      std::vector<std::string> ids;
      for (const Record& record : reader.page(after, limits)) ids.push_back(record.id);
      return ids;
    });
  }

  SqliteHome home_;
  CallerHome on_caller_;
  std::unique_ptr<Store> store_;

 private:
  // What a MemoryStore held; the others left it on their disk.
  MemoryImage close() {
    MemoryImage image;
    if (GetParam() == Kind::memory) image = static_cast<MemoryStore&>(*store_).image();
    store_.reset();
    return image;
  }
  SqliteStoreOptions sqlite_options() {
    return GetParam() == Kind::sqlite ? home_.options() : on_caller_.options(home_.options());
  }
  void write_head(UserRef user, Seq head) {
    const SqliteStoreOptions options = sqlite_options();
    const auto db = sqlite::Database::open(shard_path(options.folder, user.shard),
                                           {.create = false, .vfs = options.vfs});
    ASSERT_TRUE(db) << db.error().message;
    EXPECT_TRUE((*db)
                    ->prepare("UPDATE users SET head = ? WHERE user = ?")
                    .execute(head.value, user.number.value));
    EXPECT_EQ((*db)->changes(), 1);
  }
  void open(MemoryImage image) {
    if (GetParam() == Kind::memory) {
      const SqliteStoreOptions options = home_.options();
      store_ = std::make_unique<MemoryStore>(MemoryStoreOptions{1, options.clock, options.entropy},
                                             std::move(image));
      return;
    }
    auto opened = open_sqlite_store(sqlite_options());
    ASSERT_TRUE(opened) << opened.error().message;
    store_ = std::move(*opened);
  }
};

inline const auto all_kinds = testing::Values(Kind::memory, Kind::sqlite, Kind::sqlite_on_caller);

inline std::string kind_name(const testing::TestParamInfo<Kind>& info) {
  switch (info.param) {
    case Kind::memory:
      return "Memory";
    case Kind::sqlite:
      return "Sqlite";
    case Kind::sqlite_on_caller:
      return "SqliteOnCaller";
  }
  return "";
}

}  // namespace studiosync::server
