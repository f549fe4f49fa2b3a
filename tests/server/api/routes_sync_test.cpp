#include "tests/server/api/api_fixture.hpp"

namespace studiosync::server {
namespace {

class SyncRoutes : public ApiTest {
 protected:
  SyncRoutes() { sign_up("ada"); }

  static std::string query(const std::string& id, const std::string& name) {
    return R"({"id":"create-)" + id + R"(","item_type":"saved_query","item_id":")" + id +
           R"(","action":"create","sync_version":0,"updated_at":"2027-01-15T07:00:00Z",)" +
           R"("data":{"name":")" + name + R"(","query":"SELECT 1"}})";
  }
  static std::string removal(const std::string& id) {
    return R"({"item_type":"saved_query","item_id":")" + id +
           R"(","action":"delete","sync_version":1,"updated_at":"2027-01-15T07:30:00Z"})";
  }
  Answer download(const std::string& more = {}) {
    return get("/api/sync/download?device_id=tablet" + more);
  }
};

TEST_F(SyncRoutes, NeedAToken) {
  token_.clear();
  for (const char* path : {"/api/sync/download?device_id=d", "/api/sync/status",
                           "/api/sync/conflicts", "/api/sync/policies", "/api/devices"}) {
    EXPECT_EQ(get(path).status, 401) << path;
  }
  EXPECT_EQ(post("/api/sync/upload", "{}").status, 401);
  EXPECT_EQ(post("/api/sync/conflicts/c/resolve", "{}").status, 401);
}

TEST_F(SyncRoutes, WhatOneDeviceUploadsAnotherDownloads) {
  const Answer uploaded = upload("laptop", "[" + query("q-1", "Orders") + "]");
  ASSERT_EQ(uploaded.status, 200);
  EXPECT_EQ(at(uploaded.body, "success"), Json(true));
  EXPECT_EQ(at(uploaded.body, "results.0.id"), Json("create-q-1"));
  EXPECT_EQ(at(uploaded.body, "results.0.status"), Json("applied"));
  EXPECT_EQ(at(uploaded.body, "results.0.sync_version"), Json(1));

  const Answer downloaded = download();
  ASSERT_EQ(downloaded.status, 200);
  EXPECT_EQ(at(downloaded.body, "saved_queries.0.id"), Json("q-1"));
  EXPECT_EQ(at(downloaded.body, "saved_queries.0.name"), Json("Orders"));
  EXPECT_EQ(at(downloaded.body, "saved_queries.0.sync_version"), Json(1));
  EXPECT_EQ(at(downloaded.body, "saved_queries.0.updated_at"),
            at(uploaded.body, "results.0.updated_at"));
  EXPECT_EQ(at(downloaded.body, "connections"), Json::array());
}

TEST_F(SyncRoutes, GiveADeviceItsOwnChangesToo) {
  upload("tablet", "[" + query("q-1", "Orders") + "]");
  EXPECT_EQ(at(download().body, "saved_queries").items().size(), 1U);
}

TEST_F(SyncRoutes, TellDeletesToThoseWhoComeLater) {
  upload("laptop", "[" + query("q-1", "Orders") + "]");
  const Json cursor = at(download().body, "next_cursor");
  upload("laptop", "[" + removal("q-1") + "]");
  const Answer later = download("&cursor=" + cursor.as_string());
  EXPECT_EQ(at(later.body, "saved_queries"), Json::array());
  EXPECT_EQ(at(later.body, "deleted.0.item_id"), Json("q-1"));
  EXPECT_EQ(at(later.body, "deleted.0.sync_version"), Json(2));
}

TEST_F(SyncRoutes, APageContinuesWhereTheLastOneEndedByCursor) {
  upload("laptop",
         "[" + query("q-1", "a") + "," + query("q-2", "b") + "," + query("q-3", "c") + "]");
  const Answer first = download("&limit=2");
  EXPECT_EQ(at(first.body, "saved_queries").items().size(), 2U);
  EXPECT_EQ(at(first.body, "has_more"), Json(true));
  const Answer second = download("&limit=2&cursor=" + at(first.body, "next_cursor").as_string());
  EXPECT_EQ(at(second.body, "saved_queries.0.id"), Json("q-3"));
  EXPECT_EQ(at(second.body, "has_more"), Json(false));
}

TEST_F(SyncRoutes, APageContinuesWhereTheLastOneEndedByTime) {
  upload("laptop",
         "[" + query("q-1", "a") + "," + query("q-2", "b") + "," + query("q-3", "c") + "]");
  const Answer first = download("&limit=2");
  const std::string since = at(first.body, "sync_timestamp").as_string();
  const Answer second = download("&since=" + since);
  EXPECT_EQ(at(second.body, "saved_queries").items().size(), 1U);
  EXPECT_EQ(at(second.body, "saved_queries.0.id"), Json("q-3"));
  const std::string last = at(second.body, "sync_timestamp").as_string();
  EXPECT_EQ(at(download("&since=" + last).body, "sync_timestamp"), Json(last));
}

TEST_F(SyncRoutes, ACursorOfAnotherHistoryNeedsAResync) {
  const Cursor foreign{Epoch{999}, Seq{50}, {}};
  const Answer answer = download("&cursor=" + to_string(foreign));
  EXPECT_EQ(answer.status, 410);
  EXPECT_EQ(at(answer.body, "code"), Json("resync_required"));
}

TEST_F(SyncRoutes, NameTheParameterThatIsMissing) {
  const Answer answer = get("/api/sync/download");
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(at(answer.body, "path"), Json("device_id"));
  EXPECT_EQ(post("/api/sync/upload", R"({"changes":[{}]})").status, 400);
  EXPECT_EQ(upload("laptop", "[]").status, 400);
}

TEST_F(SyncRoutes, ARejectedChangeBlocksNothing) {
  const std::string poisoned =
      R"({"id":"x","item_type":"saved_query","item_id":"q-2","action":"create",
          "data":{"id":"q-9"}})";
  const Answer answer =
      upload("laptop", "[" + query("q-1", "a") + "," + poisoned + "," + query("q-3", "c") + "]");
  ASSERT_EQ(answer.status, 200);
  EXPECT_EQ(at(answer.body, "success"), Json(false));
  EXPECT_EQ(at(answer.body, "results.0.status"), Json("applied"));
  EXPECT_EQ(at(answer.body, "results.2.status"), Json("applied"));
  EXPECT_EQ(at(answer.body, "rejected.0.id"), Json("x"));
  EXPECT_EQ(at(answer.body, "rejected.0.code"), Json("validation_error"));
  EXPECT_EQ(at(answer.body, "rejected.0.path"), Json("$.changes[1].data.id"));
}

TEST_F(SyncRoutes, ARetryIsAppliedOnce) {
  const std::string changes = "[" + query("q-1", "Orders") + "]";
  upload("laptop", changes);
  const Answer again = upload("laptop", changes);
  EXPECT_EQ(at(again.body, "results.0.status"), Json("duplicate"));
  EXPECT_EQ(at(again.body, "results.0.first_status"), Json("applied"));
  EXPECT_EQ(at(again.body, "results.0.sync_version"), Json(1));
}

TEST_F(SyncRoutes, UsersNeverMeet) {
  upload("laptop", "[" + query("q-1", "Orders") + "]");
  sign_up("bob");
  EXPECT_EQ(at(download().body, "saved_queries"), Json::array());
  const Answer same_id = upload("phone", "[" + query("q-1", "Mine") + "]");
  EXPECT_EQ(at(same_id.body, "results.0.status"), Json("applied"));
}

TEST_F(SyncRoutes, StatusCountsWhatThereIs) {
  upload("laptop", "[" + query("q-1", "a") + "," + query("q-2", "b") + "]");
  const Answer answer = get("/api/sync/status");
  EXPECT_EQ(at(answer.body, "records"), Json(2));
  EXPECT_EQ(at(answer.body, "devices"), Json(1));
  EXPECT_EQ(at(answer.body, "open_conflicts"), Json(0));
  EXPECT_EQ(at(answer.body, "head"), at(download().body, "next_cursor"));
  EXPECT_EQ(at(answer.body, "epoch").as_string().size(), 16U);
}

TEST_F(SyncRoutes, AnswerServiceUnavailableWhenTooManyWait) {
  admitted_ = fail(ErrorCode::service_unavailable, "full");
  const Answer answer = download();
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.header("Retry-After"), "1");
  EXPECT_EQ(upload("laptop", "[" + query("q-1", "a") + "]").status, 503);
}

TEST_F(SyncRoutes, AnswerServiceUnavailableWhenTheStoreHasStopped) {
  store_.stop();
  EXPECT_EQ(upload("laptop", "[" + query("q-1", "a") + "]").status, 503);
}

TEST_F(SyncRoutes, RefuseNamesThatHoldCredentialsWithoutRepeatingThem) {
  const std::string secret = "AKIA7QXN4ZJ2WVB3KDTP";
  for (const std::string& change : {query(secret, "Orders"), removal(secret)}) {
    const Answer answer = upload("laptop", "[" + change + "]");
    ASSERT_EQ(answer.status, 200);
    EXPECT_EQ(at(answer.body, "results.0.status"), Json("rejected"));
    EXPECT_EQ(at(answer.body, "results.0.code"), Json("credential_leaked"));
    EXPECT_EQ(answer.body.dump().find(secret), std::string::npos);
  }
  EXPECT_EQ(at(download().body, "saved_queries"), Json::array());
  EXPECT_EQ(at(download().body, "deleted"), Json::array());
}

}  // namespace
}  // namespace studiosync::server
