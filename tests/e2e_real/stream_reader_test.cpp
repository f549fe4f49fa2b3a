// What a device sent, as its journal tells it: in the order in which it happened.
#include "e2e/real/stream_reader.hpp"

#include <gtest/gtest.h>

#include "client/store/sqlite_device_store.hpp"
#include "core/sync/local_edit.hpp"
#include "core/sync/outbox.hpp"
#include "tests/support/temporary_folder.hpp"

namespace studiosync::e2e {
namespace {

constexpr WallTime noon{1'700'000'000'000};

class StreamReaderTest : public testing::Test {
 protected:
  void SetUp() override {
    auto opened = client::open_device_store(folder_.file("device.db"), noon);
    ASSERT_TRUE(opened.has_value());
    store_ = std::move(*opened);
    begin_stream(1);
    reader_.begin(*store_);
  }

  void begin_stream(std::uint8_t number) {
    const ReplicaId replica{{number}};
    ASSERT_TRUE(store_->begin().has_value());
    restart_stream(*store_, replica);
    ASSERT_TRUE(store_->commit().has_value());
  }

  Edited put(const std::string& id, const std::string& query = "SELECT 1") {
    Edited edited{.user = "ann", .type = EntityType::saved_query, .id = id, .after = "{}"};
    EXPECT_TRUE(store_->begin().has_value());
    EXPECT_TRUE(put_record(*store_, edited.type, id,
                           Json::object().set("name", id).set("query", query), noon)
                    .has_value());
    EXPECT_TRUE(store_->commit().has_value());
    return edited;
  }

  std::vector<FrozenChange> freeze_all() {
    EXPECT_TRUE(store_->begin().has_value());
    auto frozen = freeze(*store_, {.changes_max = 10, .bytes_max = 100'000}, noon, random_);
    EXPECT_TRUE(store_->commit().has_value());
    return frozen.changes;
  }

  void answer(const FrozenChange& change) {
    ChangeResult result;
    result.device_seq = change.seq;
    result.change_id = to_string(change.change);
    result.item_type = to_string(change.type);
    result.item_id = change.id;
    result.status = Status::applied;
    result.rev = {Epoch{7}, Version{1}};
    EXPECT_TRUE(store_->begin().has_value());
    EXPECT_TRUE(settle(*store_, result, Seq{1}, noon).has_value());
    EXPECT_TRUE(store_->commit().has_value());
  }

  // As `edited q1, frozen 1/1 q1, answered 1/1 q1`: replica and place.
  std::string read(std::vector<Happening> edits = {}) {
    std::string text;
    for (const Happening& what : reader_.read(*store_, "ann", std::move(edits))) {
      if (!text.empty()) text += ", ";
      if (const auto* edited = std::get_if<Edited>(&what)) text += "edited " + edited->id;
      if (const auto* frozen = std::get_if<FrozenEdit>(&what))
        text += "frozen " + place(frozen->replica, frozen->seq) + frozen->id;
      if (const auto* answer = std::get_if<Acknowledged>(&what))
        text += "answered " + place(answer->replica, answer->seq) + answer->id;
    }
    return text;
  }

  static std::string place(const ReplicaId& replica, DeviceSeq seq) {
    return std::to_string(replica.bytes[0]) + "/" + std::to_string(seq.value) + " ";
  }

  const TemporaryFolder folder_;
  Random random_{1};
  std::unique_ptr<client::SqliteDeviceStore> store_;
  StreamReader reader_;
};

TEST_F(StreamReaderTest, PutsAnEditBeforeWhatBecameOfIt) {
  const Edited edited = put("q1");
  answer(freeze_all().front());
  EXPECT_EQ(read({edited}), "edited q1, frozen 1/1 q1, answered 1/1 q1");
  EXPECT_EQ(read(), "");
}

TEST_F(StreamReaderTest, PutsAnEditBehindWhatBecameOfTheOneBefore) {
  const Edited first = put("q1");
  EXPECT_EQ(read({first}), "edited q1");
  const auto frozen = freeze_all();
  const Edited second = put("q1", "SELECT 2");
  answer(frozen.front());
  EXPECT_EQ(read({second}), "frozen 1/1 q1, edited q1, answered 1/1 q1");
}

TEST_F(StreamReaderTest, ToldOfAnotherStreamItSaysWhatGotItsPlaceThereFirst) {
  const Edited first = put("q1");
  const Edited second = put("q2");
  const auto frozen = freeze_all();
  ASSERT_EQ(frozen.size(), 2U);
  answer(frozen.front());
  EXPECT_EQ(read({first, second}),
            "edited q1, edited q2, frozen 1/1 q1, frozen 1/2 q2, answered 1/1 q1");
  begin_stream(2);
  put("q3");
  const auto later = freeze_all();
  ASSERT_EQ(later.front().seq, DeviceSeq{2});
  answer(later.front());
  EXPECT_EQ(read(), "frozen 2/1 q2, frozen 2/2 q3, answered 2/2 q3");
}

TEST_F(StreamReaderTest, SaysAtOnceThatAnotherStreamHasBegun) {
  put("q1");
  freeze_all();
  EXPECT_EQ(read(), "frozen 1/1 q1");
  begin_stream(2);
  EXPECT_EQ(read(), "frozen 2/1 q1");
}

// A device that was crashed into the beginning: all its places are free again.
TEST_F(StreamReaderTest, ANewStreamMayGoOnWhereTheOldOneHadEnded) {
  begin_stream(2);
  put("q1");
  freeze_all();
  EXPECT_EQ(read(), "frozen 2/1 q1");
}

TEST_F(StreamReaderTest, WhatWasDroppedWithTheAccountGotNoPlaceAgain) {
  put("q1");
  const auto frozen = freeze_all();
  EXPECT_EQ(read(), "frozen 1/1 q1");
  ASSERT_TRUE(store_->begin().has_value());
  store_->remove_frozen(frozen.front().seq);
  ASSERT_TRUE(store_->commit().has_value());
  begin_stream(2);
  put("q2");
  freeze_all();
  EXPECT_EQ(read(), "frozen 2/1 q2");
}

}  // namespace
}  // namespace studiosync::e2e
