#include "client/cli/sync_reason.hpp"

#include <gtest/gtest.h>

namespace studiosync::client {
namespace {

// A record with an edit that nothing keeps from being sent.
Situation edited() {
  Situation s{.device = {.set_up = true, .logged_in = true, .syncing = true}};
  s.record.edit = PendingEdit{};
  return s;
}

std::string code(const Situation& situation) {
  return sync_reason(situation).code;
}

Situation refused(ErrorCode error) {
  Situation s{.device = {.set_up = true}};
  s.rejected = RejectedChange{.change = {}, .error = {.code = error, .message = "no"}, .at = {1}};
  return s;
}

TEST(SyncReason, ARecordAtRestIsSyncedOrLocal) {
  Situation s{.device = {.set_up = true}};
  EXPECT_EQ(code(s), "only_here");
  s.record.shadow = Record{};
  EXPECT_EQ(code(s), "synced");
  s.record.local_only = true;
  EXPECT_EQ(code(s), "local_only");
}

TEST(SyncReason, WhatAPersonMustDoComesBeforeWhatPasses) {
  Situation s = edited();
  s.ahead = 2;
  EXPECT_EQ(code(s), "queued");
  s.device.syncing = false;
  EXPECT_EQ(code(s), "not_syncing");
  s.device.recovery = Recovery::asks;
  EXPECT_EQ(code(s), "sweep_unconfirmed");
  s.device.server = Error{.code = ErrorCode::connection_refused, .message = "nobody listens"};
  EXPECT_EQ(code(s), "offline");
  s.device.logged_in = false;
  EXPECT_EQ(code(s), "logged_out");
  s.open_conflict = "x";
  EXPECT_EQ(code(s), "conflict_open");
  s.device.set_up = false;
  EXPECT_EQ(code(s), "not_set_up");
}

TEST(SyncReason, TellsWhyTheServerTakesNothing) {
  Situation s = edited();
  const auto with = [&](ErrorCode error) {
    s.device.server = Error{.code = error, .message = "no"};
    return code(s);
  };
  EXPECT_EQ(with(ErrorCode::device_revoked), "revoked");
  EXPECT_EQ(with(ErrorCode::token_expired), "logged_out");
  EXPECT_EQ(with(ErrorCode::network_error), "offline");
  EXPECT_EQ(with(ErrorCode::service_unavailable), "server_fails");
}

TEST(SyncReason, NamesTheFieldsThatTheServerHasRedacted) {
  Situation s{.device = {.set_up = true}};
  s.record.shadow = Record{};
  EXPECT_EQ(sync_reason(s).text.find("redacted"), std::string::npos);
  s.record.redacted = {"description", "query"};
  EXPECT_NE(sync_reason(s).text.find("redacted there: description, query"), std::string::npos);
}

TEST(SyncReason, TellsHowFarTheEditIsOnItsWay) {
  Situation s = edited();
  EXPECT_EQ(code(s), "next");
  s.record.in_flight = DeviceSeq{1};
  EXPECT_EQ(code(s), "in_flight");
  s.ahead = 1;
  EXPECT_NE(sync_reason(s).text.find("behind 1 change"), std::string::npos);
}

TEST(SyncReason, NamesTheCodeOfARefusalAndTheWayOutOfAHold) {
  EXPECT_EQ(code(refused(ErrorCode::quota_exceeded)), "rejected");
  EXPECT_NE(sync_reason(refused(ErrorCode::quota_exceeded)).text.find("quota_exceeded"),
            std::string::npos);
  EXPECT_EQ(code(refused(ErrorCode::mass_delete_held)), "held");
}

TEST(SyncReason, ALaterEditOfARefusedRecordIsOnItsWay) {
  Situation s = edited();
  s.rejected = refused(ErrorCode::quota_exceeded).rejected;
  EXPECT_EQ(code(s), "next");
}

TEST(SyncReason, SaysWhenTheDeviceWasInSyncLast) {
  Situation s = edited();
  s.device.server = Error{.code = ErrorCode::timeout, .message = "no answer"};
  EXPECT_NE(sync_reason(s).text.find("never"), std::string::npos);
  s.device.last_sync = {1'700'000'000'000};
  EXPECT_NE(sync_reason(s).text.find("2023-11-14"), std::string::npos);
}

TEST(SyncReason, RepeatsNoCredentialThatIsTheNameOfAField) {
  Situation situation;
  situation.device = {.set_up = true, .logged_in = true};
  situation.record.shadow = Record{.type = EntityType::preference, .id = "p", .rev = {{1}, {2}}};
  situation.record.redacted = {"AKIA7QXN4ZJ2WVB3KDTP"};
  const std::string text = sync_reason(situation).text;
  EXPECT_EQ(text.find("AKIA7QXN4ZJ2WVB3KDTP"), std::string::npos) << text;
  EXPECT_NE(text.find("[REDACTED]"), std::string::npos) << text;
}

}  // namespace
}  // namespace studiosync::client
