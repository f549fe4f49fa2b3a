#include "server/api/upload_view.hpp"

#include "tests/server/api/json_of.hpp"

namespace studiosync::server {
namespace {

ChangeResult result(const std::string& id, Status status) {
  ChangeResult made;
  made.change_id = id;
  made.item_type = "saved_query";
  made.item_id = "q-" + id;
  made.status = status;
  return made;
}

Json view(std::vector<ChangeResult> results) {
  Applied applied;
  applied.results = std::move(results);
  return json_of(upload_view(applied, WallTime{1'800'000'000'123}).dump());
}

TEST(UploadView, ListsEveryResultInOrder) {
  const Json json = view({result("1", Status::applied), result("2", Status::merged)});
  EXPECT_EQ(at(json, "success"), Json(true));
  EXPECT_EQ(at(json, "synced_at"), Json("2027-01-15T08:00:00.123Z"));
  EXPECT_EQ(at(json, "results.0.status"), Json("applied"));
  EXPECT_EQ(at(json, "results.1.status"), Json("merged"));
  EXPECT_EQ(at(json, "conflicts"), Json::array());
  EXPECT_EQ(at(json, "rejected"), Json::array());
  EXPECT_EQ(at(json, "message"), Json("2 changes, 0 conflicts, 0 rejected"));
}

TEST(UploadView, TellsConflictsWithTheirCopies) {
  ChangeResult conflict = result("1", Status::conflict);
  conflict.conflict_id = "c-1";
  conflict.copy_id = "c-2";
  conflict.strategy = Strategy::keep_both;
  const Json json = view({conflict});
  EXPECT_EQ(at(json, "success"), Json(true));
  EXPECT_EQ(at(json, "conflicts.0"),
            json_of(R"({"conflict_id":"c-1","copy_id":"c-2","id":"1","item_id":"q-1",
                        "item_type":"saved_query","strategy":"keep_both"})"));
}

TEST(UploadView, TellsWhyAChangeIsRejected) {
  ChangeResult rejected = result("1", Status::rejected);
  rejected.error = Error{.code = ErrorCode::credential_leaked,
                         .path = "$.changes[0].data.metadata",
                         .rule = "structural.key"};
  const Json json = view({rejected, result("2", Status::applied)});
  EXPECT_EQ(at(json, "success"), Json(false));
  EXPECT_EQ(at(json, "rejected.0.id"), Json("1"));
  EXPECT_EQ(at(json, "rejected.0.code"), Json("credential_leaked"));
  EXPECT_EQ(at(json, "rejected.0.path"), Json("$.changes[0].data.metadata"));
  EXPECT_EQ(at(json, "rejected.0.rule"), Json("structural.key"));
  EXPECT_EQ(at(json, "rejected.1"), Json());
}

TEST(UploadView, TellsARepeatedConflictAgain) {
  ChangeResult repeated = result("1", Status::duplicate);
  repeated.first_status = Status::conflict;
  repeated.conflict_id = "c-1";
  EXPECT_EQ(at(view({repeated}), "conflicts.0.conflict_id"), Json("c-1"));
}

}  // namespace
}  // namespace studiosync::server
