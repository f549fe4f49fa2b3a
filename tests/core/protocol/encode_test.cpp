#include <gtest/gtest.h>

#include "core/protocol/codec.hpp"
#include "core/protocol/frames.hpp"

namespace studiosync {
namespace {

TEST(EncodeError, HidesTheCodesOfTheStore) {
  const auto code = [](ErrorCode inside) {
    return to_json(Error{.code = inside, .message = "m"}).find("code")->as_string();
  };
  EXPECT_EQ(code(ErrorCode::store_error), "server_error");
  EXPECT_EQ(code(ErrorCode::store_locked), "service_unavailable");
  EXPECT_EQ(code(ErrorCode::quota_exceeded), "quota_exceeded");
}

TEST(EncodeError, HasTheMembersOfAnHttpError) {
  EXPECT_EQ(to_json(Error{.code = ErrorCode::credential_leaked,
                          .message = "m",
                          .path = "$.data.url",
                          .rule = "uri_password"})
                .dump(),
            R"({"error":true,"code":"credential_leaked","message":"m","path":"$.data.url",)"
            R"("rule":"uri_password"})");
  EXPECT_EQ(to_json(Error{.code = ErrorCode::rate_limited, .retry_after_ms = 40}).dump(),
            R"({"error":true,"code":"rate_limited","message":"","retry_after_ms":40})");
}

TEST(EncodePush, SaysCreateWithoutABaseAndLeavesOutWhatADeleteHasNot) {
  PushChange change{.type = EntityType::preference, .item_id = "p", .data = Json::raw("{}")};
  const auto action = [&] {
    const std::string text = encode({"", Push{{}, {change}}}, Encoding::json);
    return parse_json(text)->find("changes")->items()[0];
  };
  EXPECT_EQ(action().find("action")->as_string(), "create");
  change.base.version = {1};
  EXPECT_EQ(action().find("action")->as_string(), "update");
  change.action = Action::remove;
  EXPECT_EQ(action().find("action")->as_string(), "delete");
  EXPECT_EQ(action().find("data"), nullptr);
}

TEST(EncodeRecord, SplicesTheStoredBytes) {
  const Record record{.type = EntityType::preference, .id = "p", .content = R"({"n":1e+30})"};
  EXPECT_NE(to_json(record).dump().find(R"("data":{"n":1e+30})"), std::string::npos);
}

TEST(EncodeRecord, IsReadBackAsItWas) {
  const Record record{.type = EntityType::ai_message,
                      .id = "m",
                      .rev = {{0xA}, {3}},
                      .origin = {ReplicaId{{1}}, {5}, {77}},
                      .device = {"d"},
                      .seq = {9},
                      .committed = {1'700'000'000'000'001},
                      .field_versions = {{"content", {2}, {ReplicaId{{2}}, {6}, {78}}}},
                      .content = R"({"content":"hi"})"};
  const auto row = parse_json(to_json(record).dump());
  ASSERT_TRUE(row);
  std::optional<Error> error;
  EXPECT_EQ(read_record(ObjectReader(*row, "$", error)), record);
  EXPECT_FALSE(error);
}

}  // namespace
}  // namespace studiosync
