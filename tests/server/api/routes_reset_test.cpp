// POST /api/sync/reset.
#include <gtest/gtest.h>

#include "tests/server/api/api_fixture.hpp"

namespace studiosync::server {
namespace {

class ResetRouteTest : public ApiTest {
 protected:
  void put(const std::string& id) {
    const Answer answer =
        upload("laptop", R"([{"id":")" + id + R"(","item_type":"saved_query","item_id":")" + id +
                             R"(","action":"create","data":{"name":"n","query":"SELECT 1"},)"
                             R"("updated_at":"2024-10-21T14:03:10Z","sync_version":0}])");
    ASSERT_EQ(answer.status, 200);
  }
  std::int64_t records() { return at(get("/api/sync/status").body, "records").as_int(); }
};

TEST_F(ResetRouteTest, DeletesEverythingAndTellsPlainClientsOfIt) {
  sign_up("ann");
  put("q1");
  put("q2");
  const Answer page = get("/api/sync/download?device_id=phone");
  const std::string cursor = at(page.body, "next_cursor").as_string();
  const std::string since = at(page.body, "sync_timestamp").as_string();
  const Answer done = post("/api/sync/reset", R"({"confirm":"delete-all"})");
  EXPECT_EQ(done.status, 200);
  EXPECT_TRUE(at(done.body, "success").as_bool());
  EXPECT_EQ(records(), 0);
  const Answer stale = get("/api/sync/download?device_id=phone&cursor=" + cursor);
  EXPECT_EQ(stale.status, 410);
  EXPECT_EQ(at(stale.body, "code").as_string(), "resync_required");
  const Answer news = get("/api/sync/download?device_id=phone&since=" + since);
  EXPECT_EQ(news.status, 200);
  EXPECT_EQ(at(news.body, "deleted").items().size(), 2U);
}

TEST_F(ResetRouteTest, DeletesNothingWithoutTheWord) {
  sign_up("ann");
  put("q1");
  for (const char* body : {"{}", R"({"confirm":true})", R"({"confirm":"delete"})"}) {
    const Answer refused = post("/api/sync/reset", body);
    EXPECT_EQ(refused.status, 400) << body;
    EXPECT_EQ(at(refused.body, "path").as_string(), "$.confirm");
  }
  EXPECT_EQ(records(), 1);
}

TEST_F(ResetRouteTest, DeletesNothingOfOthersAndNothingWithoutAToken) {
  sign_up("bob");
  put("q1");
  const std::string bob = token_;
  sign_up("ann");
  EXPECT_EQ(post("/api/sync/reset", R"({"confirm":"delete-all"})").status, 200);
  token_.clear();
  EXPECT_EQ(post("/api/sync/reset", R"({"confirm":"delete-all"})").status, 401);
  token_ = bob;
  EXPECT_EQ(records(), 1);
}

}  // namespace
}  // namespace studiosync::server
