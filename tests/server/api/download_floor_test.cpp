// GET /api/sync/download where tombstones have been collected.
#include <gmock/gmock.h>

#include "tests/server/api/api_fixture.hpp"

namespace studiosync::server {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class DownloadFloor : public ApiTest {
 protected:
  DownloadFloor() { sign_up("ada"); }

  void create(const std::string& id) {
    change(R"({"id":"create-)" + id + R"(","item_type":"saved_query","item_id":")" + id +
           R"(","action":"create","sync_version":0,"data":{"name":")" + id +
           R"(","query":"SELECT 1"}})");
  }
  void erase(const std::string& id) {
    change(R"({"id":"erase-)" + id + R"(","item_type":"saved_query","item_id":")" + id +
           R"(","action":"delete","sync_version":1})");
  }
  // As long as it takes until today's tombstones are collected.
  void collect() {
    now_ = now_ + Millis{31 * one_day.count};
    const UserRef user = store_.image().begin()->first;
    sync_.tidy(user, {}, {}, 100, [](const Result<SyncService::Tidied>& tidied) {
      EXPECT_TRUE(tidied && !tidied->more);
    });
    token_.clear();
    token_ = at(post("/api/auth/login", R"({"username":"ada","password":"correct horse"})").body,
                "token")
                 .as_string();
  }

  Answer download(const std::string& more = {}) {
    return get("/api/sync/download?device_id=tablet" + more);
  }
  Answer after(const Answer& page, const std::string& more = {}) {
    return download("&cursor=" + text(page, "next_cursor") + more);
  }
  Answer since(const Answer& page) { return download("&since=" + text(page, "sync_timestamp")); }

  // Of a page that was refused there is none.
  static std::string text(const Answer& page, const char* member) {
    return page.status == 200 ? at(page.body, member).as_string() : "refused";
  }
  static std::vector<std::string> ids(const Answer& page) {
    if (page.status != 200) return {"refused"};
    std::vector<std::string> ids;
    const Json rows = at(page.body, "saved_queries");
    for (const Json& row : rows.items()) ids.push_back(at(row, "id").as_string());
    return ids;
  }

 private:
  void change(const std::string& text) {
    ASSERT_EQ(at(upload("laptop", "[" + text + "]").body, "results.0.status"), Json("applied"));
  }
};

TEST_F(DownloadFloor, IsPassedByADownloadThatBeganAtTheBeginning) {
  for (const char* id : {"q-1", "q-2", "q-3", "q-4", "q-5"}) create(id);
  erase("q-4");
  collect();
  const Answer first = download("&limit=2");
  EXPECT_THAT(ids(first), ElementsAre("q-1", "q-2"));
  const Answer second = after(first, "&limit=1");
  ASSERT_EQ(second.status, 200);
  EXPECT_THAT(ids(second), ElementsAre("q-3"));
  const Answer last = after(second);
  ASSERT_EQ(last.status, 200);
  EXPECT_THAT(ids(last), ElementsAre("q-5"));
  EXPECT_EQ(at(last.body, "has_more"), Json(false));
  EXPECT_EQ(after(last).status, 200);
}

TEST_F(DownloadFloor, StopsADownloadThatWasGivenWhatHasBeenDeletedAndCollectedSince) {
  for (const char* id : {"q-1", "q-2", "q-3"}) create(id);
  const Answer first = download("&limit=1");
  erase("q-1");
  collect();
  const Answer stale = after(first);
  EXPECT_EQ(stale.status, 410);
  EXPECT_EQ(at(stale.body, "code"), Json("resync_required"));
  EXPECT_THAT(ids(after(download("&limit=1"))), ElementsAre("q-3"));
}

TEST_F(DownloadFloor, StopsATimeFromBeforeACollectedDelete) {
  create("q-1");
  create("q-2");
  const Answer kept = download();
  erase("q-1");
  collect();
  const Answer stale = since(kept);
  EXPECT_EQ(stale.status, 410);
  EXPECT_EQ(at(stale.body, "code"), Json("resync_required"));
  const Answer again = download();
  EXPECT_THAT(ids(again), ElementsAre("q-2"));
  const Answer nothing = since(again);
  ASSERT_EQ(nothing.status, 200);
  EXPECT_THAT(ids(nothing), IsEmpty());
  create("q-3");
  EXPECT_THAT(ids(since(nothing)), ElementsAre("q-3"));
}

TEST_F(DownloadFloor, IsPassedByCursorAndTheEndKeptAsATime) {
  for (const char* id : {"q-1", "q-2", "q-3"}) create(id);
  erase("q-3");
  collect();
  const Answer first = download("&limit=1");
  EXPECT_EQ(since(first).status, 410);
  const Answer last = after(first);
  EXPECT_THAT(ids(last), ElementsAre("q-2"));
  EXPECT_EQ(since(last).status, 200);
}

TEST_F(DownloadFloor, IsNotMetByATimeFromBeforeTheFirstRow) {
  const Answer empty = download();
  for (const char* id : {"q-1", "q-2", "q-3"}) create(id);
  erase("q-3");
  collect();
  const Answer first = download("&limit=1&since=" + text(empty, "sync_timestamp"));
  EXPECT_THAT(ids(first), ElementsAre("q-1"));
  EXPECT_THAT(ids(after(first)), ElementsAre("q-2"));
}

}  // namespace
}  // namespace studiosync::server
