// The timeline of records, which every device store must keep: the same tests for all of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/store/memory_device_store.hpp"
#include "client/store/sqlite_device_store.hpp"
#include "tests/client/store/records.hpp"
#include "tests/support/temporary_folder.hpp"

namespace studiosync::client {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

enum class Kind { memory, sqlite };

class JournalContract : public testing::TestWithParam<Kind> {
 protected:
  void SetUp() override {
    if (GetParam() == Kind::memory) {
      store_ = std::make_unique<MemoryDeviceStore>();
      return;
    }
    auto opened = open_device_store(folder_.file("device.db"), WallTime{0});
    ASSERT_TRUE(opened) << opened.error().message;
    store_ = std::move(*opened);
  }

  static JournalEntry entry(std::string id, std::int64_t at) {
    return {.type = EntityType::saved_query,
            .id = std::move(id),
            .event = JournalEvent::answered,
            .at = {at},
            .device_seq = DeviceSeq{3},
            .change = test::change(4),
            .rev = {Epoch{5}, Version{7}},
            .seq = Seq{11},
            .detail = "merged"};
  }
  void note(const std::vector<JournalEntry>& entries) {
    ASSERT_TRUE(store_->begin());
    for (const auto& one : entries) store_->note(one);
    ASSERT_TRUE(store_->commit());
  }
  std::vector<JournalEntry> of(std::string_view id) {
    return store_->journal_of(EntityType::saved_query, id);
  }

  TemporaryFolder folder_;
  std::unique_ptr<DeviceStore> store_;
};

INSTANTIATE_TEST_SUITE_P(Stores, JournalContract, testing::Values(Kind::memory, Kind::sqlite),
                         [](const auto& instance) {
                           return instance.param == Kind::memory ? "Memory" : "Sqlite";
                         });

TEST_P(JournalContract, KeepsAllMembersInTheOrderOfNoting) {
  note({entry("q1", 20), entry("q2", 15), entry("q1", 10)});
  EXPECT_THAT(of("q1"), ElementsAre(entry("q1", 20), entry("q1", 10)));
  EXPECT_THAT(of("q2"), ElementsAre(entry("q2", 15)));
  EXPECT_THAT(store_->journal_of(EntityType::connection, "q1"), IsEmpty());
}

TEST_P(JournalContract, KeepsTheNewestOfEachRecord) {
  note({entry("other", 1)});
  std::vector<JournalEntry> many;
  for (std::size_t i = 0; i < journal_of_record_max + 5; ++i) {
    many.push_back(entry("q1", static_cast<std::int64_t>(i)));
  }
  note(many);
  ASSERT_EQ(of("q1").size(), journal_of_record_max);
  EXPECT_EQ(of("q1").front().at, WallTime{5});
  EXPECT_EQ(of("other").size(), 1U);
}

TEST_P(JournalContract, ForgetsWhatIsOld) {
  note({entry("q1", 9), entry("q2", 9), entry("q1", 10)});
  ASSERT_TRUE(store_->begin());
  store_->trim_journal({10});
  ASSERT_TRUE(store_->commit());
  EXPECT_THAT(of("q1"), ElementsAre(entry("q1", 10)));
  EXPECT_THAT(of("q2"), IsEmpty());
}

TEST_P(JournalContract, ARollbackTakesNotesBack) {
  note({entry("q1", 1)});
  ASSERT_TRUE(store_->begin());
  store_->note(entry("q1", 2));
  store_->note(entry("q2", 2));
  store_->trim_journal({5});
  store_->rollback();
  EXPECT_THAT(of("q1"), ElementsAre(entry("q1", 1)));
  EXPECT_THAT(of("q2"), IsEmpty());
}

}  // namespace
}  // namespace studiosync::client
