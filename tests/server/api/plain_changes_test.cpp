#include "server/api/plain_changes.hpp"

#include "tests/server/api/json_of.hpp"

namespace studiosync::server {
namespace {

Result<Upload> read(const std::string& text) {
  Json body = json_of(text);
  return read_upload(body);
}

std::string refused_path(const std::string& text) {
  const auto upload = read(text);
  return upload ? "none" : upload.error().path;
}

PlainChange change(const std::string& text) {
  auto upload = read(R"({"device_id":"d-1","changes":[)" + text + "]}");
  EXPECT_TRUE(upload);
  return upload->changes.at(0);
}

std::string invalid_path(const std::string& text) {
  const auto error = change(text).invalid;
  return error ? error->path : "none";
}

constexpr const char* update =
    R"({"id":"c-1","item_type":"saved_query","item_id":"q-1","action":"update","sync_version":4,
        "updated_at":"2026-01-31T12:00:00.5+01:00","changed_fields":["name"],
        "data":{"name":"Orders"}})";

TEST(PlainChanges, ReadsEveryMember) {
  const PlainChange read = change(update);
  EXPECT_FALSE(read.invalid);
  EXPECT_EQ(read.id, "c-1");
  EXPECT_EQ(read.type, EntityType::saved_query);
  EXPECT_EQ(read.item_id, "q-1");
  EXPECT_EQ(read.action, Action::upsert);
  EXPECT_EQ(read.base, Version{4});
  EXPECT_EQ(to_rfc3339(read.stamp.wall()), "2026-01-31T11:00:00.500Z");
  EXPECT_EQ(read.changed_fields, std::vector<std::string>{"name"});
  EXPECT_EQ(read.data, json_of(R"({"name":"Orders"})"));
}

TEST(PlainChanges, ReadsTheDeviceOfTheRequest) {
  const auto upload =
      read(R"({"device_id":"d-1","device_name":"laptop","changes":[{"device_id":"d-2"}]})");
  ASSERT_TRUE(upload);
  EXPECT_EQ(upload->device, DeviceId{"d-1"});
  EXPECT_EQ(upload->device_name, "laptop");
}

TEST(PlainChanges, AreRefusedAsAWholeWhenTheRequestMakesNoSense) {
  EXPECT_EQ(refused_path("[]"), "$");
  EXPECT_EQ(refused_path(R"({"changes":[{}]})"), "$.device_id");
  EXPECT_EQ(refused_path(R"({"device_id":"","changes":[{}]})"), "$.device_id");
  EXPECT_EQ(refused_path(R"({"device_id":7,"changes":[{}]})"), "$.device_id");
  EXPECT_EQ(refused_path(R"({"device_id":"a b","changes":[{}]})"), "$.device_id");
  EXPECT_EQ(refused_path(R"({"device_id":"d-1"})"), "$.changes");
  EXPECT_EQ(refused_path(R"({"device_id":"d-1","changes":{}})"), "$.changes");
  EXPECT_EQ(refused_path(R"({"device_id":"d-1","changes":[]})"), "$.changes");
}

TEST(PlainChanges, AreAtMostAThousand) {
  std::string many = R"({"device_id":"d-1","changes":[{})";
  for (int i = 1; i < 1'000; ++i) many += ",{}";
  EXPECT_EQ(refused_path(many + "]}"), "none");
  EXPECT_EQ(refused_path(many + ",{}]}"), "$.changes");
}

TEST(PlainChanges, OneThatCannotBeReadDoesNotTakeItsNeighboursAlong) {
  const auto upload = read(std::string(R"({"device_id":"d-1","changes":[7,)") + update +
                           R"(,{"item_type":"saved_query"}]})");
  ASSERT_TRUE(upload);
  EXPECT_EQ(upload->changes[0].invalid->path, "$.changes[0]");
  EXPECT_FALSE(upload->changes[1].invalid);
  EXPECT_EQ(upload->changes[2].invalid->path, "$.changes[2].item_id");
  EXPECT_EQ(upload->changes[2].type_text, "saved_query");
}

TEST(PlainChanges, NameTheMemberThatIsWrong) {
  const std::string head = R"({"item_type":"saved_query","item_id":"q-1",)";
  EXPECT_EQ(invalid_path(head + R"("action":"upsert","data":{}})"), "$.changes[0].action");
  EXPECT_EQ(invalid_path(head + R"("data":{}})"), "$.changes[0].action");
  EXPECT_EQ(invalid_path(head + R"("action":"create"})"), "$.changes[0].data");
  EXPECT_EQ(invalid_path(head + R"("action":"create","data":[]})"), "$.changes[0].data");
  EXPECT_EQ(invalid_path(head + R"("action":"create","data":{},"sync_version":-1})"),
            "$.changes[0].sync_version");
  EXPECT_EQ(invalid_path(head + R"("action":"create","data":{},"updated_at":"yesterday"})"),
            "$.changes[0].updated_at");
  EXPECT_EQ(invalid_path(head + R"("action":"create","data":{},"changed_fields":["a",1]})"),
            "$.changes[0].changed_fields[1]");
}

TEST(PlainChanges, LookAtTheActionBeforeTheData) {
  const PlainChange read =
      change(R"({"item_type":"saved_query","item_id":"q-1","action":"delete","sync_version":2})");
  EXPECT_FALSE(read.invalid);
  EXPECT_EQ(read.action, Action::remove);
  EXPECT_EQ(read.base, Version{2});
  EXPECT_TRUE(read.data.is_null());
}

TEST(PlainChanges, GiveNoReasonForADeleteButPrivacy) {
  const std::string head = R"({"item_type":"query_history","item_id":"h-1","action":"delete",)";
  EXPECT_EQ(change(head + R"("reason":"private"})").reason, "private");
  EXPECT_EQ(invalid_path(head + R"("reason":"expired"})"), "$.changes[0].reason");
}

TEST(PlainChanges, WithoutATimeAreOlderThanEverything) {
  EXPECT_EQ(change(R"({"item_type":"x","item_id":"y","action":"delete"})").stamp, Stamp{});
}

}  // namespace
}  // namespace studiosync::server
