#include <gtest/gtest.h>

#include "core/base/limits.hpp"
#include "core/protocol/codec.hpp"

namespace studiosync {
namespace {

Result<Frame> read(std::string_view json) {
  return decode(json, Encoding::json);
}

// The path of the refusal, with its code.
std::string refusal(std::string_view json) {
  const auto frame = read(json);
  if (frame) return "accepted";
  return std::string(to_string(frame.error().code)) + " " + frame.error().path;
}

constexpr std::string_view good_change =
    R"({"change_id":"0190a1b2-c3d4-7000-8000-00000000000c","device_seq":12,)"
    R"("item_type":"saved_query","item_id":"q-1","action":"create","hlc":"0192b0c4d1a80000",)"
    R"("data":{"name":"a"}})";

std::string push_of(std::string_view changes) {
  return R"({"type":"push","now":"2024-10-21T14:03:10.500Z","changes":[)" + std::string(changes) +
         "]}";
}

// The good change with the text `from` replaced.
std::string change_with(std::string_view from, std::string_view to) {
  std::string change(good_change);
  const auto at = change.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return change.replace(at, from.size(), to);
}

std::string invalid_path(std::string_view change) {
  const auto frame = read(push_of(std::string(good_change) + "," + std::string(change)));
  if (!frame) return "frame refused at " + frame.error().path;
  const Push& push = std::get<Push>(frame->body);
  EXPECT_FALSE(push.changes.at(0).invalid) << "the neighbour was hurt";
  const auto& invalid = push.changes.at(1).invalid;
  return invalid ? invalid->path : "valid";
}

TEST(Decode, RefusesWhatIsNoFrame) {
  EXPECT_EQ(refusal("{"), "bad_request ");
  EXPECT_EQ(refusal("[]"), "bad_request $.type");
  EXPECT_EQ(refusal("{}"), "bad_request $.type");
  EXPECT_EQ(refusal(R"({"type":7})"), "bad_request $.type");
  EXPECT_EQ(refusal(R"({"type":"upload"})"), "bad_request $.type");
}

TEST(Decode, NamesTheExactPathOfAWrongField) {
  EXPECT_EQ(refusal(R"({"type":"pull"})"), "validation_error $.cursor");
  EXPECT_EQ(refusal(R"({"type":"pull","cursor":"7"})"), "validation_error $.cursor");
  EXPECT_EQ(refusal(R"({"type":"pull","cursor":"e0-0-0","limit":-1})"), "validation_error $.limit");
  EXPECT_EQ(refusal(R"({"type":"pull","cursor":"e0-0-0","limit":1.5})"),
            "validation_error $.limit");
  EXPECT_EQ(refusal(R"({"type":"digest","cursor":"e0-0-0","buckets":[1,256]})"),
            "validation_error $.buckets[1]");
  EXPECT_EQ(refusal(R"({"type":"changes","from":"e0-0-0","to":"e0-0-0","changes":[7]})"),
            "validation_error $.changes[0]");
  EXPECT_EQ(refusal(R"({"type":"welcome","user_id":"u","server_time":"2024-10-21T14:03:10Z",)"
                    R"("epoch":"000000000000000a","epochs":[{"epoch":"a","first_seq":"1"}]})"),
            "validation_error $.epochs[0].epoch");
}

TEST(Decode, ReportsTheFirstOfSeveralFailures) {
  EXPECT_EQ(refusal(R"({"type":"changes","changes":[7]})"), "validation_error $.from");
}

TEST(Decode, IgnoresUnknownMembersAndTakesNullForAbsent) {
  const auto frame = read(R"({"type":"pull","id":null,"cursor":"e0-0-0","limit":null,)"
                          R"("colour":{"of":["the","future"]}})");
  ASSERT_TRUE(frame);
  EXPECT_EQ(std::get<Pull>(frame->body).limit, 0U);
  EXPECT_EQ(frame->id, "");
}

TEST(Decode, BoundsTheTextsThatAreEchoedOrShown) {
  const std::string long_id(limits::id_bytes_max + 1, 'x');
  EXPECT_EQ(refusal(R"({"type":"pull","cursor":"e0-0-0","id":")" + long_id + "\"}"),
            "validation_error $.id");
  EXPECT_EQ(refusal(R"({"type":"hello","device_id":")" + long_id + "\"}"),
            "validation_error $.device_id");
  EXPECT_EQ(refusal(R"({"type":"hello","device_id":"d","device_name":")" +
                    std::string(limits::name_bytes_max + 1, 'n') + "\"}"),
            "validation_error $.device_name");
}

TEST(DecodeHello, RefusesADeviceWithoutAnIdentity) {
  const auto hello = [](std::string_view device, std::string_view replica) {
    return R"({"type":"hello","device_id":")" + std::string(device) + R"(","replica_id":")" +
           std::string(replica) +
           R"(","acked":{"seq":0,"change_id":"00000000-0000-0000-0000-000000000000"},)"
           R"("frozen":{"seq":0,"change_id":"00000000-0000-0000-0000-000000000000"},)"
           R"("cursor":"e0-0-0","epochs":[],"now":"2024-10-21T14:03:10Z"})";
  };
  const char* replica = "0190a1b2-c3d4-7e5f-8a6b-7c8d9e0fa1b2";
  EXPECT_EQ(refusal(hello("laptop", replica)), "accepted");
  EXPECT_EQ(refusal(hello("", replica)), "validation_error $.device_id");
  EXPECT_EQ(refusal(hello("laptop", "00000000-0000-0000-0000-000000000000")),
            "validation_error $.replica_id");
}

TEST(DecodePush, TakesCreateAndUpdateForAnUpsertAndMovesTheDataIn) {
  const auto frame =
      read(push_of(std::string(good_change) + "," + change_with("create", "update")));
  ASSERT_TRUE(frame);
  const Push& push = std::get<Push>(frame->body);
  ASSERT_EQ(push.changes.size(), 2U);
  for (const PushChange& change : push.changes) {
    EXPECT_FALSE(change.invalid);
    EXPECT_EQ(change.action, Action::upsert);
    EXPECT_EQ(change.type, EntityType::saved_query);
    EXPECT_EQ(change.data.canonical(), R"({"name":"a"})");
    EXPECT_EQ(change.base, Rev{});
    EXPECT_FALSE(change.changed_fields);
  }
}

TEST(DecodePush, IgnoresTheDataOfADelete) {
  const auto frame = read(push_of(change_with("create", "delete")));
  ASSERT_TRUE(frame);
  const PushChange& change = std::get<Push>(frame->body).changes.at(0);
  EXPECT_EQ(change.action, Action::remove);
  EXPECT_TRUE(change.data.is_null());
}

TEST(DecodePush, CarriesAnUnreadableChangeWithItsPathAndSparesTheOthers) {
  EXPECT_EQ(invalid_path(change_with("0192b0c4d1a80000", "now")), "$.changes[1].hlc");
  EXPECT_EQ(invalid_path(change_with("\"hlc\"", "\"HLC\"")), "$.changes[1].hlc");
  EXPECT_EQ(invalid_path(change_with("create", "upsert")), "$.changes[1].action");
  EXPECT_EQ(invalid_path(change_with("saved_query", "table")), "$.changes[1].item_type");
  EXPECT_EQ(invalid_path(change_with("\"q-1\"", "7")), "$.changes[1].item_id");
  EXPECT_EQ(invalid_path(change_with(R"({"name":"a"})", "[]")), "$.changes[1].data");
  EXPECT_EQ(invalid_path(change_with("\"data\"", "\"date\"")), "$.changes[1].data");
  EXPECT_EQ(invalid_path(change_with("\"data\"", "\"changed_fields\":[\"a\",1],\"data\"")),
            "$.changes[1].changed_fields[1]");
  EXPECT_EQ(invalid_path(change_with("\"data\"", "\"base_rev\":{\"version\":1},\"data\"")),
            "$.changes[1].base_rev.epoch");
  EXPECT_EQ(invalid_path(change_with("\"data\"", "\"confirm_mass_delete\":1,\"data\"")),
            "$.changes[1].confirm_mass_delete");
}

TEST(DecodePush, TakesOnlyTheReasonsThatADeviceMayGive) {
  EXPECT_EQ(invalid_path(change_with("\"data\"", "\"reason\":\"private\",\"data\"")), "valid");
  EXPECT_EQ(invalid_path(change_with("\"data\"", "\"reason\":\"expired\",\"data\"")),
            "$.changes[1].reason");
}

TEST(DecodePush, ReadsHowFarTheDeviceHasRead) {
  const auto without = read(push_of(std::string(good_change)));
  ASSERT_TRUE(without);
  EXPECT_EQ(std::get<Push>(without->body).cursor, Cursor{});
  const auto with =
      read(R"({"type":"push","now":"2024-10-21T14:03:10Z","cursor":"e7-2-1","changes":[]})");
  ASSERT_TRUE(with);
  EXPECT_EQ(std::get<Push>(with->body).cursor, (Cursor{{7}, {2}, {1}}));
  EXPECT_EQ(refusal(R"({"type":"push","now":"2024-10-21T14:03:10Z","cursor":"2","changes":[]})"),
            "validation_error $.cursor");
}

TEST(DecodeWelcome, TakesAServerThatNeverCollectedATombstoneForOneWithoutAFloor) {
  const auto frame = read(R"({"type":"welcome","user_id":"u","server_time":"2024-10-21T14:03:10Z",)"
                          R"("epoch":"000000000000000a","epochs":[],"replica":{"seq":0,)"
                          R"("change_id":"00000000-0000-0000-0000-000000000000"},"head":"e0-0-0",)"
                          R"("token_expires_at":"2024-10-21T14:03:10Z"})");
  ASSERT_TRUE(frame);
  EXPECT_EQ(std::get<Welcome>(frame->body).floor, Seq{});
}

TEST(DecodeReconcile, RefusesMoreRecordsThanABatchHolds) {
  std::string records = "{}";
  for (std::size_t i = 0; i < limits::batch_changes_max; ++i) records += ",{}";
  EXPECT_EQ(refusal(R"({"type":"reconcile","fork_seq":"1","records":[)" + records + "]}"),
            "validation_error $.records");
}

TEST(DecodePush, KeepsTheTextOfAnUnknownTypeForItsResult) {
  const auto frame = read(push_of(change_with("saved_query", "table")));
  ASSERT_TRUE(frame);
  const PushChange& change = std::get<Push>(frame->body).changes.at(0);
  EXPECT_EQ(change.type_text, "table");
  EXPECT_EQ(change.item_id, "q-1");
  EXPECT_EQ(change.invalid->code, ErrorCode::validation_error);
}

TEST(DecodePush, DoesNotLetAClientWriteConflicts) {
  EXPECT_EQ(invalid_path(change_with("saved_query", "conflict")), "$.changes[1].item_type");
}

TEST(DecodePush, FailsTheFrameWhenAChangeHasNoPlaceInTheStream) {
  const auto path = [](std::string_view change) { return refusal(push_of(change)); };
  EXPECT_EQ(path(change_with("0190a1b2-", "")), "validation_error $.changes[0].change_id");
  EXPECT_EQ(path(change_with("0190a1b2-c3d4-7000-8000-00000000000c",
                             "00000000-0000-0000-0000-000000000000")),
            "validation_error $.changes[0].change_id");
  EXPECT_EQ(path(change_with("12", "0")), "validation_error $.changes[0].device_seq");
  EXPECT_EQ(path(change_with("12", "9007199254740992")),
            "validation_error $.changes[0].device_seq");
  EXPECT_EQ(path("7"), "validation_error $.changes[0]");
}

TEST(DecodePush, RefusesMoreChangesThanABatchMayHave) {
  std::string changes(good_change);
  for (std::size_t i = 1; i < limits::batch_changes_max; ++i) {
    changes.append(",").append(good_change);
  }
  EXPECT_EQ(refusal(push_of(changes)), "accepted");
  EXPECT_EQ(refusal(push_of(changes + "," + std::string(good_change))),
            "validation_error $.changes");
}

TEST(DecodePushed, WantsAReasonForARejection) {
  EXPECT_EQ(refusal(R"({"type":"pushed","from":"e0-0-0","to":"e0-0-0","changes":[],"results":[)"
                    R"({"id":"x","item_type":"preference","item_id":"p","status":"rejected",)"
                    R"("rev":{"epoch":"0000000000000000","version":0},"hlc":"0000000000000000",)"
                    R"("content_hash":"00000000000000000000000000000000"}]})"),
            "validation_error $.results[0].code");
}

TEST(DecodeChanges, MakesContentCanonicalWhateverTheEncoding) {
  const std::string json =
      R"({"type":"changes","from":"e0-0-0","to":"ea-1-0","changes":[{"item_type":"preference",)"
      R"("item_id":"p","seq":"1","rev":{"epoch":"000000000000000a","version":1},)"
      R"("hlc":"0192b0c4d1a80000","replica_id":"0190a1b2-c3d4-7e5f-8a6b-7c8d9e0fa1b2",)"
      R"("device_seq":1,"device_id":"d","deleted":false,"updated_at":"2024-10-21T14:03:10Z",)"
      R"("data":{"z":1.0,"a":"\u0041"}}]})";
  const auto from_json = read(json);
  ASSERT_TRUE(from_json);
  const auto from_cbor = decode(to_cbor(*parse_json(json)), Encoding::cbor);
  ASSERT_TRUE(from_cbor);
  const Record& record = std::get<Changes>(from_json->body).changes.at(0);
  EXPECT_EQ(record.content, R"({"a":"A","z":1})");
  EXPECT_EQ(record, std::get<Changes>(from_cbor->body).changes.at(0));
}

TEST(DecodeResolve, KnowsOnlyTheStrategiesAndSidesOfAPerson) {
  const auto resolve = [](std::string_view strategy, std::string_view side) {
    return R"({"type":"resolve","conflict_id":"c-1","strategy":")" + std::string(strategy) +
           R"(","chosen_version":")" + std::string(side) + "\"}";
  };
  EXPECT_EQ(refusal(resolve("user_choice", "remote")), "accepted");
  EXPECT_EQ(refusal(resolve("merge", "remote")), "validation_error $.strategy");
  EXPECT_EQ(refusal(resolve("first_write_wins", "remote")), "validation_error $.strategy");
  EXPECT_EQ(refusal(resolve("user_choice", "both")), "validation_error $.chosen_version");
  EXPECT_EQ(refusal(resolve("user_choice", "keep_both")), "validation_error $.chosen_version");
}

TEST(Decode, RefusesBombs) {
  EXPECT_FALSE(decode(std::string(200'000, '['), Encoding::json));
  for (const int head : {0x7F, 0x5F, 0x9F, 0xBF, 0x81}) {
    EXPECT_FALSE(decode(std::string(1'000'000, static_cast<char>(head)), Encoding::cbor));
  }
}

TEST(Subprotocol, NamesTheEncoding) {
  EXPECT_EQ(subprotocol(Encoding::json), "sync.v1.json");
  EXPECT_EQ(subprotocol(Encoding::cbor), "sync.v1.cbor");
}

}  // namespace
}  // namespace studiosync
