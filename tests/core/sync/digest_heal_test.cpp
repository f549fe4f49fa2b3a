// Copies that differ are found by their digest, and healed from the server.
#include "tests/core/sync/two_devices.hpp"

namespace studiosync::testing {
namespace {

using enum EntityType;

class DigestHeal : public TwoDevices {
 protected:
  // Damage: the device's own view of a record, past every rule.
  static void damage(SimDevice& device, const DeviceRecord& record) {
    ASSERT_TRUE(device.store().begin());
    device.store().put(record);
    ASSERT_TRUE(device.store().commit());
  }
  static void lose(SimDevice& device, std::string_view id) {
    damage(device, {.type = saved_query, .id = std::string(id)});
  }
  static DeviceRecord known(SimDevice& device, std::string_view id) {
    return device.store().find(saved_query, id).value();
  }
  static void garble(SimDevice& device, std::string_view id) {
    DeviceRecord record = known(device, id);
    record.content = record.shadow->content = named("garbled");
    damage(device, record);
  }
};

TEST_F(DigestHeal, EqualCopiesAreSaidToBe) {
  put(laptop_, "a", "A");
  both_start();
  laptop_.ask_digest();
  settled();
  ASSERT_EQ(laptop_.count(Notice::Kind::digest), 1U);
  EXPECT_TRUE(laptop_.notices().back().equal);
}

TEST_F(DigestHeal, WhatIsMissingGarbledOrTooMuchIsMended) {
  for (const char* id : {"a", "b", "c"}) put(laptop_, id, id);
  both_start();
  lose(laptop_, "a");
  garble(laptop_, "b");
  DeviceRecord extra = known(laptop_, "c");
  extra.id = extra.shadow->id = "extra";
  damage(laptop_, extra);
  laptop_.ask_digest();
  settled();
  EXPECT_EQ(shown(laptop_, "a"), named("a"));
  EXPECT_EQ(shown(laptop_, "b"), named("b"));
  EXPECT_EQ(shown(laptop_, "extra"), "");
  EXPECT_EQ(world_.server().user().state.records, 3U);
}

TEST_F(DigestHeal, ARecordWithAVersionThatNobodyGaveIsMended) {
  put(laptop_, "a", "A");
  both_start();
  DeviceRecord ahead = known(laptop_, "a");
  ahead.shadow->rev.version = Version{40};
  ahead.shadow->seq = Seq{4000};
  damage(laptop_, ahead);
  laptop_.ask_digest();
  settled();
  EXPECT_EQ(known(laptop_, "a").shadow->rev.version, Version{1});
}

TEST_F(DigestHeal, AConflictThatTheServerDoesNotHaveGoes) {
  put(laptop_, "a", "A");
  both_start();
  DeviceRecord extra = known(laptop_, "a");
  extra.type = extra.shadow->type = conflict;
  damage(laptop_, extra);
  laptop_.ask_digest();
  settled();
  EXPECT_EQ(laptop_.shown(conflict, "a"), "");
}

TEST_F(DigestHeal, UnsyncedEditsAreKept) {
  put(laptop_, "a", "A");
  put(laptop_, "b", "B");
  both_start();
  world_.server().push_refusals.assign(
      3, Error{.code = ErrorCode::rate_limited, .retry_after_ms = 5'000});
  garble(laptop_, "a");
  DeviceRecord extra = known(laptop_, "b");
  extra.id = extra.shadow->id = "extra";
  extra.edit = PendingEdit{.base = extra.shadow->rev};
  extra.content = named("edited");
  damage(laptop_, extra);
  laptop_.ask_digest();
  settled();
  EXPECT_EQ(stored("extra"), named("edited"));
  EXPECT_EQ(shown(laptop_, "a"), named("A"));
}

TEST_F(DigestHeal, HappensOnceADayByItself) {
  put(laptop_, "a", "A");
  both_start();
  lose(laptop_, "a");
  listen();
  world_.run_for(Millis{23LL * 3600 * 1000});
  EXPECT_EQ(heard("digest"), 0);
  world_.run_for(Millis{2LL * 3600 * 1000});
  settled();
  EXPECT_EQ(shown(laptop_, "a"), named("A"));
  const auto asked = heard("digest");
  world_.run_for(Millis{12LL * 3600 * 1000});
  EXPECT_EQ(heard("digest"), asked);
}

TEST_F(DigestHeal, IsDueAfterARestartThatItsDayEndedBefore) {
  put(laptop_, "a", "A");
  both_start();
  laptop_.stop();
  lose(laptop_, "a");
  world_.run_for(Millis{25LL * 3600 * 1000});
  laptop_.reboot(laptop_.store());
  laptop_.start();
  settled();
  EXPECT_EQ(shown(laptop_, "a"), named("A"));
}

TEST_F(DigestHeal, ProvesAResync) {
  put(laptop_, "a", "A");
  put(laptop_, "b", "B");
  both_start();
  tablet_.stop();
  EXPECT_TRUE(laptop_.erase(saved_query, "a"));
  settled();
  world_.server().collect();
  listen();
  tablet_.start();
  settled();
  EXPECT_EQ(heard("digest"), 1);
}

// The answer is of a moment that the device has not read up to: it says nothing.
TEST_F(DigestHeal, CopiesAreComparedAtEqualCursorsOnly) {
  put(laptop_, "a", "A");
  both_start();
  world_.server().hints_only = true;
  laptop_.ask_digest();
  put(tablet_, "b", "B");
  put(laptop_, "c", "C");
  settled();
  ASSERT_GE(laptop_.count(Notice::Kind::digest), 1U);
  for (const Notice& notice : laptop_.notices()) {
    EXPECT_TRUE(notice.kind != Notice::Kind::digest || notice.equal);
  }
}

TEST_F(DigestHeal, BucketsThatAreTooLargeTogetherAreReadOneByOne) {
  const std::string large(300'000, 'x');
  for (int i = 0; i < 8; ++i) {
    laptop_.put(saved_query, "q" + std::to_string(i), query_text("n", large));
  }
  both_start();
  for (int i = 0; i < 8; ++i) garble(laptop_, "q" + std::to_string(i));
  laptop_.ask_digest();
  settled();
  EXPECT_EQ(shown(laptop_, "q7"), query_text("n", large));
  EXPECT_EQ(laptop_.status().recovery, Recovery::none);
}

TEST_F(DigestHeal, AsksBeforeItRemovesMoreThanHalf) {
  put(laptop_, "a", "A");
  both_start();
  const DeviceRecord known_a = known(laptop_, "a");
  for (int i = 0; i < 25; ++i) {
    DeviceRecord extra = known_a;
    extra.id = extra.shadow->id = "extra" + std::to_string(i);
    damage(laptop_, extra);
  }
  laptop_.ask_digest();
  ASSERT_TRUE(world_.settle());
  EXPECT_EQ(laptop_.status().recovery, Recovery::asks);
  EXPECT_EQ(visible(laptop_), 26U);
}

}  // namespace
}  // namespace studiosync::testing
