#include "client/cli/database_file.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>

#include "client/cli/device.hpp"
#include "tests/support/damage/damaged_page.hpp"
#include "tests/support/temporary_folder.hpp"

namespace studiosync::client {
namespace {

class DatabaseFileTest : public testing::Test {
 protected:
  DatabaseFileTest() {
    write([](SqliteDeviceStore&) {});
  }
  void write(const std::function<void(SqliteDeviceStore&)>& change) const {
    auto store = open_database(path_, "laptop");
    ASSERT_TRUE(store) << store.error().message;
    ASSERT_TRUE((*store)->begin());
    change(**store);
    ASSERT_TRUE((*store)->commit());
  }
  void put_record() const {
    write([](SqliteDeviceStore& store) {
      store.put({.type = EntityType::connection, .id = "c1", .content = R"({"name":"Shop"})"});
    });
  }
  std::size_t files() const {
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator(folder_.path()), {}));
  }

  TemporaryFolder folder_;
  const std::string path_ = folder_.file("local.db");
};

TEST_F(DatabaseFileTest, OneWithoutRecordsIsEmpty) {
  EXPECT_EQ(has_records(path_), false);
  EXPECT_EQ(has_records(folder_.file("none.db")), false);
  EXPECT_FALSE(exists(folder_.file("none.db")));
}

TEST_F(DatabaseFileTest, RecordsAreWhatAUserMade) {
  put_record();
  EXPECT_EQ(has_records(path_), true);
}

TEST_F(DatabaseFileTest, SoIsATextThatWasPutAside) {
  write([](SqliteDeviceStore& store) {
    store.add_original({.type = EntityType::saved_query, .id = "q1", .value = "\"mine\""});
  });
  EXPECT_EQ(has_records(path_), true);
}

TEST_F(DatabaseFileTest, SoIsATextThatWasRefused) {
  write([](SqliteDeviceStore& store) {
    store.add_rejected({.change = {.type = EntityType::saved_query, .id = "q1", .content = "{}"}});
  });
  EXPECT_EQ(has_records(path_), true);
}

TEST_F(DatabaseFileTest, OneThatCannotBeReadIsNotEmpty) {
  put_record();
  damage(path_, "connection_templates");
  const auto any = has_records(path_);
  ASSERT_FALSE(any);
  EXPECT_EQ(any.error().code, ErrorCode::store_error);
}

TEST_F(DatabaseFileTest, KeepsAsideWhatCannotBeRead) {
  put_record();
  damage(path_, "connection_templates");
  const auto aside = keep_aside(path_);
  ASSERT_TRUE(aside) << aside.error().message;
  EXPECT_TRUE(exists(*aside));
  EXPECT_FALSE(exists(path_));
}

TEST_F(DatabaseFileTest, KeepsAsideWhatIsNoDatabase) {
  std::ofstream(path_, std::ios::trunc) << "what is this?";
  const auto aside = keep_aside(path_);
  ASSERT_TRUE(aside) << aside.error().message;
  EXPECT_TRUE(exists(*aside));
  EXPECT_FALSE(exists(path_));
}

TEST_F(DatabaseFileTest, ClearsAwayWhatIsEmpty) {
  EXPECT_EQ(keep_aside(path_), "");
  EXPECT_EQ(files(), 0U);
}

TEST_F(DatabaseFileTest, MovesADatabaseWithItsLog) {
  put_record();
  std::ofstream(path_ + "-wal") << "log";
  const std::string to = folder_.file("moved.db");
  ASSERT_TRUE(move_database(path_, to));
  EXPECT_TRUE(exists(to));
  EXPECT_TRUE(exists(to + "-wal"));
  EXPECT_EQ(files(), 2U);
}

TEST_F(DatabaseFileTest, NeverMovesOneUponAnother) {
  const std::string to = folder_.file("moved.db");
  for (const std::string& taken : {to, to + "-wal"}) {
    std::ofstream(taken) << "other";
    const auto moved = move_database(path_, to);
    ASSERT_FALSE(moved) << taken;
    EXPECT_EQ(moved.error().code, ErrorCode::store_error);
    EXPECT_TRUE(exists(path_));
    EXPECT_EQ(std::filesystem::file_size(taken), 5U);
    std::filesystem::remove(taken);
  }
}

}  // namespace
}  // namespace studiosync::client
