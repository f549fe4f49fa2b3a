#include "tests/server/api/api_fixture.hpp"

namespace studiosync::server {
namespace {

class ConflictRoutes : public ApiTest {
 protected:
  ConflictRoutes() {
    sign_up("ada");
    put_policies(R"({"policies":{"saved_query":"user_choice"}})");
    change("laptop", "create", 0, "Orders");
    change("laptop", "update", 1, "Orders by day");
  }

  Answer put_policies(const std::string& body) {
    return send(request("PUT", "/api/sync/policies", body));
  }

  // An edit of the one saved query.
  Answer change(const std::string& device, const std::string& action, int base,
                const std::string& name) {
    return upload(device, R"([{"item_type":"saved_query","item_id":"q-1","action":")" + action +
                              R"(","sync_version":)" + std::to_string(base) +
                              R"(,"updated_at":"2027-01-15T07:00:00Z","data":{"name":")" + name +
                              R"(","query":"SELECT 1"}}])");
  }
  // The tablet has not seen the laptop's update. Returns the id of what opens.
  std::string open_conflict() {
    const Answer answer = change("tablet", "update", 1, "Orders by week");
    EXPECT_EQ(at(answer.body, "results.0.status"), Json("conflict"));
    return at(answer.body, "conflicts.0.conflict_id").as_string();
  }
  Answer resolve(const std::string& id, const std::string& body) {
    return post("/api/sync/conflicts/" + id + "/resolve", body);
  }
  Json stored_name() {
    return at(get("/api/sync/download?device_id=tablet").body, "saved_queries.0.name");
  }
};

TEST_F(ConflictRoutes, ListNothingWhenThereIsNone) {
  EXPECT_EQ(get("/api/sync/conflicts").body, json_of(R"({"conflicts":[],"count":0})"));
}

TEST_F(ConflictRoutes, ShowBothSidesOfAnOpenConflict) {
  const std::string id = open_conflict();
  const Answer answer = get("/api/sync/conflicts");
  EXPECT_EQ(at(answer.body, "count"), Json(1));
  EXPECT_EQ(at(answer.body, "conflicts.0.id"), Json(id));
  EXPECT_EQ(at(answer.body, "conflicts.0.item_id"), Json("q-1"));
  EXPECT_EQ(at(answer.body, "conflicts.0.status"), Json("open"));
  EXPECT_EQ(at(answer.body, "conflicts.0.strategy"), Json("user_choice"));
  EXPECT_EQ(at(answer.body, "conflicts.0.local_version.data.name"), Json("Orders by week"));
  EXPECT_EQ(at(answer.body, "conflicts.0.local_version.device_id"), Json("tablet"));
  EXPECT_EQ(at(answer.body, "conflicts.0.remote_version.data.name"), Json("Orders by day"));
  EXPECT_EQ(at(answer.body, "conflicts.0.remote_version.sync_version"), Json(2));
  EXPECT_EQ(stored_name(), Json("Orders by day"));
  EXPECT_EQ(at(get("/api/sync/status").body, "open_conflicts"), Json(1));
}

TEST_F(ConflictRoutes, ResolveInFavourOfTheChosenSide) {
  const std::string id = open_conflict();
  const Answer answer =
      resolve(id, R"({"strategy":"user_choice","chosen_version":"local","device_id":"tablet"})");
  ASSERT_EQ(answer.status, 200) << answer.raw.body;
  EXPECT_EQ(at(answer.body, "conflict.status"), Json("resolved"));
  EXPECT_EQ(stored_name(), Json("Orders by week"));
  EXPECT_EQ(at(get("/api/sync/conflicts").body, "count"), Json(0));
  EXPECT_EQ(at(get("/api/sync/conflicts?status=all").body, "conflicts.0.status"), Json("resolved"));
}

TEST_F(ConflictRoutes, ResolveWithMergedData) {
  const std::string id = open_conflict();
  const Answer answer =
      resolve(id, R"({"strategy":"user_choice","merged_data":{"name":"Both","query":"SELECT 2"}})");
  ASSERT_EQ(answer.status, 200) << answer.raw.body;
  EXPECT_EQ(stored_name(), Json("Both"));
}

TEST_F(ConflictRoutes, ResolvingTwiceGivesTheFirstResult) {
  const std::string id = open_conflict();
  resolve(id, R"({"strategy":"user_choice","chosen_version":"local"})");
  const Answer again = resolve(id, R"({"strategy":"user_choice","chosen_version":"remote"})");
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(stored_name(), Json("Orders by week"));
}

TEST_F(ConflictRoutes, ShowTheFreshVersionWhenTheRecordMovedMeanwhile) {
  const std::string id = open_conflict();
  ASSERT_EQ(at(change("laptop", "update", 2, "Orders by month").body, "results.0.status"),
            Json("applied"));
  const Answer answer = resolve(id, R"({"strategy":"user_choice","chosen_version":"local"})");
  EXPECT_EQ(answer.status, 409);
  EXPECT_EQ(at(answer.body, "code"), Json("version_conflict"));
  EXPECT_EQ(at(answer.body, "conflict.remote_version.data.name"), Json("Orders by month"));
}

TEST_F(ConflictRoutes, LookAtTheStrategyBeforeTheConflict) {
  EXPECT_EQ(resolve("unknown", R"({"strategy":"coin_toss"})").status, 400);
  EXPECT_EQ(resolve("unknown", R"({"strategy":"keep_both"})").status, 404);
}

TEST_F(ConflictRoutes, AnotherUsersConflictIsUnknown) {
  const std::string id = open_conflict();
  sign_up("eve");
  EXPECT_EQ(at(get("/api/sync/conflicts?status=all").body, "count"), Json(0));
  EXPECT_EQ(resolve(id, R"({"strategy":"keep_both"})").status, 404);
}

TEST_F(ConflictRoutes, RefuseAnUnknownStatus) {
  EXPECT_EQ(at(get("/api/sync/conflicts?status=some").body, "path"), Json("status"));
}

TEST_F(ConflictRoutes, PoliciesReplaceThoseNamed) {
  const Answer put = put_policies(R"({"policies":{"connection":"last_write_wins"}})");
  EXPECT_EQ(put.status, 200);
  EXPECT_EQ(at(put.body, "policies.connection"), Json("last_write_wins"));
  const Answer got = get("/api/sync/policies");
  EXPECT_EQ(got.body, put.body);
  EXPECT_EQ(at(got.body, "policies.saved_query"), Json("user_choice"));
  EXPECT_EQ(at(put_policies(R"({"policies":{"connection":"maybe"}})").body, "path"),
            Json("$.policies.connection"));
}

}  // namespace
}  // namespace studiosync::server
