#include "client/cli/notice_view.hpp"

#include <gtest/gtest.h>

namespace studiosync::client {
namespace {

std::string view(const Notice& notice, const EngineStatus& status = {}) {
  return notice_view(notice, status).dump();
}

const RecordKey key{EntityType::saved_query, "q1"};

TEST(NoticeView, NamesTheLinksState) {
  EXPECT_EQ(view({.kind = Notice::Kind::state, .text = "live"}),
            R"({"event":"state","state":"live"})");
}

TEST(NoticeView, SaysWhatToDoAboutALinkThatHasHalted) {
  const auto halted = [](ErrorCode code) {
    return view({.kind = Notice::Kind::state, .text = "halted", .error = Error{.code = code}});
  };
  EXPECT_EQ(halted(ErrorCode::unauthorized),
            R"({"event":"state","state":"halted","code":"unauthorized","message":"",)"
            R"("next":"syncctl login"})");
  EXPECT_NE(halted(ErrorCode::sweep_unconfirmed).find("--confirm-sweep"), std::string::npos);
  EXPECT_NE(halted(ErrorCode::device_revoked).find("syncctl export"), std::string::npos);
  EXPECT_NE(halted(ErrorCode::forbidden).find("syncctl doctor"), std::string::npos);
}

TEST(NoticeView, SaysWhatIsRecoveredFrom) {
  EXPECT_EQ(view({.kind = Notice::Kind::recovery, .text = "restored"}),
            R"({"event":"recovery","what":"restored"})");
}

TEST(NoticeView, NamesTheRecordThatChanged) {
  EXPECT_EQ(view({.kind = Notice::Kind::changed, .key = key}),
            R"({"event":"changed","type":"saved_query","id":"q1"})");
}

TEST(NoticeView, SaysWhatBecameOfAnUpload) {
  Settled settled{.key = key, .status = Status::conflict};
  settled.copy_id = "copy-1";
  EXPECT_EQ(view({.kind = Notice::Kind::settled, .key = key, .settled = settled}),
            R"({"event":"uploaded","type":"saved_query","id":"q1","status":"conflict",)"
            R"("copy_id":"copy-1"})");
}

TEST(NoticeView, GivesTheReasonOfARejection) {
  const Error error{
      .code = ErrorCode::credential_leaked, .message = "a key", .path = "$.data.query"};
  EXPECT_EQ(view({.kind = Notice::Kind::rejected, .key = key, .error = error}),
            R"({"event":"rejected","type":"saved_query","id":"q1","code":"credential_leaked",)"
            R"("message":"a key","path":"$.data.query"})");
}

TEST(NoticeView, CountsTheQueueAsItMoves) {
  EngineStatus status;
  status.counts = {.pending = 2, .frozen = 3, .rejected = 0};
  EXPECT_EQ(view({.kind = Notice::Kind::progress}, status),
            R"({"event":"progress","pending":2,"in_flight":3,"synced":false})");
}

}  // namespace
}  // namespace studiosync::client
