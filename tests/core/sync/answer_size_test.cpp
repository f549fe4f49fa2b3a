// No answer outgrows what a device takes, however large the records are that a small push meets.
#include "core/base/answer_limits.hpp"
#include "core/protocol/codec.hpp"
#include "tests/core/sync/restore_fixture.hpp"
#include "tests/core/sync/two_devices.hpp"

namespace studiosync::testing {
namespace {

using enum EntityType;

constexpr std::size_t large_bytes = 900'000;

std::string large_text(std::string_view name, std::size_t bytes = large_bytes) {
  return query_text(name, std::string(bytes, 'x'));
}

std::size_t frame_bytes(const Applied& applied) {
  const Pushed pushed{applied.from, applied.to, applied.results, rows_beyond_results(applied)};
  return encode(Frame{"1", pushed}, Encoding::json).size();
}

class AnswerSize : public LogTest {
 protected:
  // Each of two versions: of the first one nothing is left.
  void store_large_records(std::size_t count) {
    write([count](UserTxn& log) {
      for (std::size_t i = 0; i < count; ++i) {
        Record record = row(saved_query, "z" + std::to_string(i), 2, large_text("Large"));
        record.rev.epoch = {};
        log.put(record);
      }
    });
  }

  std::vector<PushChange> deletes(std::size_t count, Version base) {
    std::vector<PushChange> changes;
    for (std::size_t i = 0; i < count; ++i) {
      const std::string id = "z" + std::to_string(i);
      const Rev seen{stored(saved_query, id)->rev.epoch, base};
      changes.push_back(removal(i + 1, saved_query, id, seen));
    }
    return changes;
  }

  // Sends what has no answer yet, again and again, as devices do.
  std::vector<ChangeResult> push_all(std::vector<PushChange> changes) {
    std::vector<ChangeResult> results;
    while (!changes.empty()) {
      const Applied applied = push(laptop_, changes);
      EXPECT_LE(frame_bytes(applied), limits::request_bytes_max);
      const bool rest = applied.results.size() < changes.size();
      EXPECT_EQ(applied.error.has_value(), rest);
      if (applied.results.empty()) break;
      results.insert(results.end(), applied.results.begin(), applied.results.end());
      changes.erase(changes.begin(),
                    changes.begin() + static_cast<std::ptrdiff_t>(applied.results.size()));
    }
    EXPECT_TRUE(changes.empty());
    return results;
  }
};

TEST_F(AnswerSize, HeldDeletesAreAnsweredAFewAtATime) {
  constexpr std::size_t count = 42;
  store_large_records(count);
  const auto results = push_all(deletes(count, Version{2}));
  ASSERT_EQ(results.size(), count);
  EXPECT_EQ(results.front().status, Status::applied);
  EXPECT_EQ(results.back().status, Status::held);
  EXPECT_TRUE(results.back().record);
}

TEST_F(AnswerSize, DeletesThatLoseAreAnsweredAFewAtATimeAndAgainWhenTheyAreRepeated) {
  constexpr std::size_t count = 12;
  store_large_records(count);
  const auto changes = deletes(count, Version{1});
  const auto first = push_all(changes);
  ASSERT_EQ(first.size(), count);
  EXPECT_EQ(first.back().status, Status::conflict);
  const auto again = push_all(changes);
  ASSERT_EQ(again.size(), count);
  EXPECT_EQ(again.back().status, Status::duplicate);
  EXPECT_TRUE(again.back().record);
}

TEST_F(AnswerSize, OneChangeAloneAlwaysFits) {
  constexpr std::size_t megabyte = 1U << 20;
  const std::string largest = large_text("mine", megabyte - 200);
  push(laptop_, {upsert(1, saved_query, "q", large_text("first", megabyte - 200))});
  const Rev base = stored(saved_query, "q")->rev;
  push(laptop_, {upsert(2, saved_query, "q", largest, base, {"name"})});
  write([&](UserTxn& log) {
    for (int i = 0; i < 20; ++i) {
      Record unread{.type = conflict, .id = "x-" + std::to_string(i), .rev = {{}, Version{1}}};
      unread.content = R"({"a":")" + std::string(2 * megabyte, 'x') + R"("})";
      log.put(unread);
      log.conflict_opened(unread.id, saved_query, "q", "phone");
    }
  });
  PushChange theirs =
      upsert(1, saved_query, "q", large_text("theirs", megabyte - 200), base, {"name"});
  theirs.change = change_id(99);
  for (const Status status : {Status::conflict, Status::duplicate}) {
    const Applied applied = push(tablet_, {theirs});
    ASSERT_EQ(applied.results.size(), 1U);
    EXPECT_EQ(applied.results[0].status, status);
    EXPECT_FALSE(applied.error);
    EXPECT_EQ(rows_beyond_results(applied).size(), 2U);  // the copy, and the change's own conflict
    EXPECT_LE(frame_bytes(applied), limits::request_bytes_max);
  }
}

// What a device gives back to a restored server, and what became of it there.
class GivenBackSize : public RestoreTest {
 protected:
  static constexpr std::uint64_t records = 4;

  void edit_all(const Author& author, std::uint64_t seq, std::string_view name) {
    for (std::uint64_t i = 0; i < records; ++i) {
      const std::string id = "z" + std::to_string(i);
      push_by(author, upsert(seq + i, saved_query, id, large_text(name), saved(id).rev, {"name"}));
    }
  }
  // Deleted by the laptop in the lost history, edited by the tablet in this one.
  std::vector<Record> lose_deletes() {
    edit_all(laptop_, 1, "Large");
    back_up();
    for (std::uint64_t i = 0; i < records; ++i) {
      const std::string id = "z" + std::to_string(i);
      push_by(laptop_, removal(records + i + 1, saved_query, id, saved(id).rev));
    }
    const auto lost = known();
    restore();
    edit_all(tablet_, 1, "Edited");
    return lost;
  }
};

TEST_F(GivenBackSize, ManyRecordsAtOnceAreRefusedAndOneNever) {
  const auto lost = lose_deletes();
  ASSERT_EQ(lost.size(), records);
  for (int attempt = 0; attempt < 2; ++attempt) {  // repeating it takes nobody further
    const auto all = give_back(lost);
    ASSERT_TRUE(all.applied.error);
    EXPECT_EQ(all.applied.error->code, ErrorCode::payload_too_large);
  }
  for (const Record& record : lost) {
    const auto one = give_back({record});
    EXPECT_FALSE(one.applied.error);
    ASSERT_FALSE(one.changes.empty());
    EXPECT_EQ(one.changes.back().content, saved(record.id).content);
    const Reconciled answer{one.applied.from, one.applied.to, one.changes};
    EXPECT_LE(encode(Frame{"1", answer}, Encoding::json).size(), limits::request_bytes_max);
  }
}

class AnswersInParts : public TwoDevices {
 protected:
  static constexpr int records = 4;

  static void put_all(SimDevice& device, std::string_view name) {
    for (int i = 0; i < records; ++i) {
      device.put(saved_query, "q" + std::to_string(i), large_text(name));
    }
  }
};

TEST_F(AnswersInParts, FewerRecordsAreGivenBackOverTheSameConnection) {
  put_all(laptop_, "name");
  both_start();
  const server::MemoryImage backup = world_.server().image();
  tablet_.stop();
  erase_many(laptop_, records);
  settled();
  laptop_.stop();
  world_.server().restart(backup);
  put_all(tablet_, "edited");
  tablet_.start();
  settled();
  listen();
  laptop_.start();
  settled();
  EXPECT_EQ(heard("hello"), 2);  // once more with its new replica
  EXPECT_GT(heard("reconcile"), 2);
  EXPECT_EQ(visible(laptop_), static_cast<std::size_t>(records));
}

TEST_F(AnswersInParts, TheRestGoesOutAgainOverTheSameConnection) {
  put_all(laptop_, "name");
  both_start();
  laptop_.stop();
  put_all(tablet_, "edited");
  settled();
  erase_many(laptop_, records);
  listen();
  laptop_.start();
  settled();
  EXPECT_EQ(heard("hello"), 1);
  EXPECT_GE(heard("push"), records / 2);
  EXPECT_EQ(visible(laptop_), static_cast<std::size_t>(records));
  EXPECT_EQ(laptop_.count(Notice::Kind::failing), 0U);
}

}  // namespace
}  // namespace studiosync::testing
