#include "core/schema/validate.hpp"

#include <gtest/gtest.h>

#include <string>

#include "core/base/limits.hpp"

namespace studiosync {
namespace {

Result<Fields> check(EntityType type, std::string_view json,
                     Completeness completeness = Completeness::whole) {
  auto data = parse_json(json);
  EXPECT_TRUE(data.has_value()) << json;
  return validate(spec_of(type), "r1", *data, completeness);
}

std::string content(EntityType type, std::string_view json,
                    Completeness completeness = Completeness::whole) {
  const auto fields = check(type, json, completeness);
  return fields ? fields->content() : "error at " + fields.error().path;
}

struct Refused {
  EntityType type;
  std::string_view json;
  std::string_view path;
};

TEST(Validate, NamesTheExactPathOfWhatIsWrong) {
  const Refused cases[] = {
      {EntityType::connection, R"({"type":"mysql"})", "$.data.name"},
      {EntityType::connection, R"({"name":"","type":"mysql"})", "$.data.name"},
      {EntityType::connection, R"({"name":7,"type":"mysql"})", "$.data.name"},
      {EntityType::connection, R"({"name":null,"type":"mysql"})", "$.data.name"},
      {EntityType::connection, R"({"name":"a"})", "$.data.type"},
      {EntityType::connection, R"({"name":"a","type":"db2"})", "$.data.type"},
      {EntityType::connection, R"({"name":"a","type":"mysql","port":0})", "$.data.port"},
      {EntityType::connection, R"({"name":"a","type":"mysql","port":65536})", "$.data.port"},
      {EntityType::connection, R"({"name":"a","type":"mysql","port":-1})", "$.data.port"},
      {EntityType::connection, R"({"name":"a","type":"mysql","port":"3306"})", "$.data.port"},
      {EntityType::connection, R"({"name":"a","type":"mysql","port":3306.5})", "$.data.port"},
      {EntityType::connection, R"({"name":"a","type":"mysql","port":18446744073709551615})",
       "$.data.port"},
      {EntityType::connection, R"({"name":"a","type":"mysql","use_ssh":1})", "$.data.use_ssh"},
      {EntityType::connection, R"({"name":"a","type":"mysql","ssl_mode":"maybe"})",
       "$.data.ssl_mode"},
      {EntityType::connection, R"({"name":"a","type":"mysql","parameters":[1]})",
       "$.data.parameters"},
      {EntityType::connection,
       R"({"name":"a","type":"mysql","last_used_at":"2026-02-30T00:00:00Z"})",
       "$.data.last_used_at"},
      {EntityType::saved_query, R"({"name":"a","query":"q","tags":["a","b","c",4]})",
       "$.data.tags[3]"},
      {EntityType::saved_query, R"({"name":"a","query":"q","tags":"a,b"})", "$.data.tags"},
      {EntityType::saved_query, R"({"name":"a","query":"q","connection_id":"a b"})",
       "$.data.connection_id"},
      {EntityType::saved_query, R"({"name":"a","title":"b","query":"q"})", "$.data.title"},
      {EntityType::saved_query, R"({"id":"other","name":"a","query":"q"})", "$.data.id"},
      {EntityType::query_history, R"({"query":"q","duration_ms":-5})", "$.data.duration_ms"},
      {EntityType::query_history, R"({"query":"q","privacy_mode":"hidden"})",
       "$.data.privacy_mode"},
      {EntityType::preference, R"({"value":1})", "$.data.key"},
      {EntityType::ai_message, R"({"role":"user","content":"x"})", "$.data.session_id"},
      {EntityType::ai_message, R"({"session_id":"s","role":"robot","content":"x"})", "$.data.role"},
      {EntityType::ai_session, R"([])", "$.data"},
  };
  for (const Refused& refused : cases) {
    SCOPED_TRACE(refused.json);
    const auto fields = check(refused.type, refused.json);
    ASSERT_FALSE(fields.has_value());
    EXPECT_EQ(fields.error().code, ErrorCode::validation_error);
    EXPECT_EQ(fields.error().path, refused.path);
  }
}

TEST(Validate, PutsThePathBelowTheCallersPath) {
  const auto data = parse_json(R"({"name":"a","type":"mysql","port":0})");
  const auto fields = validate(spec_of(EntityType::connection), "r1", *data, Completeness::whole,
                               "$.changes[3].data");
  ASSERT_FALSE(fields.has_value());
  EXPECT_EQ(fields.error().path, "$.changes[3].data.port");
}

TEST(Validate, NeverRepeatsAValueInAnError) {
  const auto fields = check(EntityType::connection, R"({"name":"a","type":"hunter2"})");
  ASSERT_FALSE(fields.has_value());
  EXPECT_EQ(fields.error().message.find("hunter2"), std::string::npos);
  EXPECT_NE(fields.error().message.find("postgres"), std::string::npos);
}

TEST(Validate, FillsDefaultsOfAWholeRecordOnly) {
  constexpr std::string_view json = R"({"query":"SELECT 1"})";
  EXPECT_EQ(content(EntityType::query_history, json),
            R"({"favorite":false,"privacy_mode":"normal","query":"SELECT 1","success":true})");
  EXPECT_EQ(content(EntityType::query_history, json, Completeness::partial), json);
}

TEST(Validate, KeepsUnknownFields) {
  EXPECT_EQ(content(EntityType::ai_session, R"({"zoom":{"b":1,"a":[2.50]},"future":"x"})"),
            R"({"future":"x","zoom":{"a":[2.5],"b":1}})");
}

TEST(Validate, StoresAliasesUnderTheFieldsName) {
  EXPECT_EQ(content(EntityType::saved_query, R"({"title":"a","query_text":"q"})"),
            R"({"favorite":false,"name":"a","query":"q"})");
  EXPECT_EQ(content(EntityType::saved_query, R"({"title":"a","name":"a","query":"q"})"),
            R"({"favorite":false,"name":"a","query":"q"})");
}

TEST(Validate, DropsTheIdAndWhatTheServerOwns) {
  EXPECT_EQ(content(EntityType::ai_session,
                    R"({"id":"r1","title":"a","sync_version":9,"updated_at":"x","user_id":"u",)"
                    R"("deleted_at":null,"synced_at":5})"),
            R"({"title":"a"})");
}

TEST(Validate, DropsTheNumberOfMessagesBecauseItIsCounted) {
  EXPECT_EQ(content(EntityType::ai_session, R"({"title":"a","message_count":12})"),
            R"({"title":"a"})");
}

TEST(Validate, LeavesANullOutOfAWholeRecordAndKeepsItAsARemovalInAPartialOne) {
  constexpr std::string_view json = R"({"summary":null,"title":"a","unknown":null})";
  EXPECT_EQ(content(EntityType::ai_session, json), R"({"title":"a"})");
  EXPECT_EQ(content(EntityType::ai_session, json, Completeness::partial), json);
}

TEST(Validate, RefusesToRemoveARequiredField) {
  EXPECT_EQ(content(EntityType::saved_query, R"({"query":null})", Completeness::partial),
            "error at $.data.query");
}

TEST(Validate, LetsAPartialRecordLeaveRequiredFieldsOut) {
  EXPECT_EQ(content(EntityType::connection, R"({"port":5433})", Completeness::partial),
            R"({"port":5433})");
}

TEST(Validate, TakesIntegersThatWereWrittenAsDoubles) {
  EXPECT_EQ(content(EntityType::ai_session, R"({"token_count":5.0})"), R"({"token_count":5})");
  EXPECT_EQ(content(EntityType::ai_session, R"({"token_count":1e300})"),
            "error at $.data.token_count");
}

TEST(Validate, KeepsEachTagOnce) {
  EXPECT_EQ(content(EntityType::saved_query, R"({"name":"a","query":"q","tags":["b","a","b"]})"),
            R"({"favorite":false,"name":"a","query":"q","tags":["b","a"]})");
}

TEST(Validate, TakesPortsFromTheFirstToTheLast) {
  EXPECT_TRUE(check(EntityType::connection, R"({"name":"a","type":"mysql","port":1})"));
  EXPECT_TRUE(check(EntityType::connection, R"({"name":"a","type":"mysql","port":65535})"));
}

TEST(Validate, RefusesATextBeyondItsFieldsLimit) {
  const std::string name(512, 'n');
  EXPECT_TRUE(check(EntityType::saved_query, R"({"query":"q","name":")" + name + R"("})"));
  EXPECT_EQ(content(EntityType::saved_query, R"({"query":"q","name":")" + name + R"(n"})"),
            "error at $.data.name");
}

TEST(Validate, LetsMarksOfRedactionTakeATextBeyondItsLimitButNotFar) {
  const auto name = [](int marks, std::size_t bytes) {
    std::string text;
    for (int i = 0; i < marks; ++i) text += "[REDACTED]";
    text.resize(bytes, 'n');
    return R"({"query":"q","name":")" + text + R"("})";
  };
  EXPECT_TRUE(check(EntityType::saved_query, name(1, 512 + 14)));
  EXPECT_FALSE(check(EntityType::saved_query, name(1, 512 + 15)));
  EXPECT_TRUE(check(EntityType::saved_query, name(2, 512 + 28)));
  EXPECT_TRUE(check(EntityType::saved_query, name(102, 1024)));
  EXPECT_FALSE(check(EntityType::saved_query, name(102, 1025)));
}

TEST(Validate, RefusesARecordOfMoreThanAMebibyte) {
  const std::string frame = R"({"content":"","role":"user","session_id":"s"})";
  const auto record = [&](std::size_t bytes) {
    return R"({"content":")" + std::string(bytes - frame.size(), 'x') +
           R"(","role":"user","session_id":"s"})";
  };
  EXPECT_TRUE(check(EntityType::ai_message, record(limits::record_bytes_max)));
  EXPECT_EQ(content(EntityType::ai_message, record(limits::record_bytes_max + 1)),
            "error at $.data");
}

TEST(Validate, RefusesAFieldWithTooLongAName) {
  const auto named = [](std::size_t bytes, std::string_view value) {
    std::string json = R"({"name":"n","query":"q",")" + std::string(bytes, 'x') + "\":";
    return json.append(value).append("}");
  };
  const auto check_named = [&](std::size_t bytes, std::string_view value, Completeness complete) {
    return check(EntityType::saved_query, named(bytes, value), complete);
  };
  EXPECT_TRUE(check_named(512, "1", Completeness::whole));
  const auto refused = check_named(513, "1", Completeness::whole);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::validation_error);
  EXPECT_EQ(refused.error().path, R"($.data["<513 bytes>"])");
  EXPECT_FALSE(check_named(513, "1", Completeness::partial));
  EXPECT_TRUE(check_named(513, "null", Completeness::partial)) << "it may be removed";
  EXPECT_TRUE(check_named(513, "1", Completeness::stored)) << "it was taken once";
}

TEST(Validate, RefusesDataThatIsNestedTooDeeply) {
  const auto arrays = [](std::size_t count) {  // in an object, which is a level, too
    return R"({"title":"a","future":[7,)" + std::string(count - 1, '[') + std::string(count, ']') +
           "}";
  };
  EXPECT_TRUE(check(EntityType::ai_session, arrays(limits::data_depth_max - 1)));
  const auto fields = check(EntityType::ai_session, arrays(limits::data_depth_max));
  ASSERT_FALSE(fields);
  EXPECT_EQ(fields.error().code, ErrorCode::validation_error);
  std::string path = "$.data.future[1]";
  for (std::size_t level = 3; level <= limits::data_depth_max; ++level) path += "[0]";
  EXPECT_EQ(fields.error().path, path);
}

TEST(Validate, NamesTheKeysOnTheWayToWhatIsTooDeep) {
  std::string objects = "{}";
  for (std::size_t level = 1; level < limits::data_depth_max; ++level) {
    objects = R"({"a b":)" + objects + "}";
  }
  EXPECT_TRUE(check(EntityType::ai_session, objects));
  const auto path = content(EntityType::ai_session, R"({"x":)" + objects + "}");
  EXPECT_EQ(path.substr(0, 34), R"(error at $.data.x["a b"]["a b"]["a)");
}

TEST(Validate, AcceptsAPreferenceUnderAnotherIdBecauseItsIdIsRewritten) {
  EXPECT_EQ(content(EntityType::preference, R"({"id":"42","key":"theme","value":"dark"})"),
            R"({"key":"theme","value":"dark"})");
}

TEST(ValidateId, TakesOneTo128PlainCharacters) {
  EXPECT_TRUE(validate_id("aZ9._:-", "$.id").has_value());
  EXPECT_TRUE(validate_id(std::string(128, 'a'), "$.id").has_value());
  for (const std::string& bad : {std::string(), std::string(129, 'a'), std::string("a b"),
                                 std::string("ä"), std::string("a/b"), std::string("a\0", 2)}) {
    const auto result = validate_id(bad, "$.changes[0].item_id");
    ASSERT_FALSE(result.has_value()) << bad;
    EXPECT_EQ(result.error().path, "$.changes[0].item_id");
  }
}

TEST(PreferenceId, IsTheKeyWhereItFits) {
  EXPECT_EQ(preference_id("editor.font_size"), "editor.font_size");
}

TEST(PreferenceId, IsAHashWhereTheKeyDoesNotFit) {
  // printf 'my key' | sha256sum
  EXPECT_EQ(preference_id("my key"), "p-a0e12d601e10154fe5743fd6d2ba3749");
  EXPECT_TRUE(validate_id(preference_id(std::string(500, 'x')), "$").has_value());
}

TEST(PreferenceId, OfADeviceLocalOneDependsOnBoth) {
  const std::string here = preference_id("theme", "d1");
  EXPECT_NE(here, preference_id("theme"));
  EXPECT_NE(here, preference_id("theme", "d2"));
  EXPECT_NE(preference_id("b", "da"), preference_id("ab", "d"));
  EXPECT_TRUE(validate_id(here, "$").has_value());
}

TEST(StaysLocal, HoldsForPrivateHistoryAndDeviceLocalPreferences) {
  const auto stays = [](EntityType type, std::string_view json) {
    return stays_local(type, Fields::from_content(json));
  };
  EXPECT_TRUE(stays(EntityType::query_history, R"({"privacy_mode":"private"})"));
  EXPECT_FALSE(stays(EntityType::query_history, R"({"privacy_mode":"shared"})"));
  EXPECT_FALSE(stays(EntityType::query_history, R"({"query":"private"})"));
  EXPECT_TRUE(stays(EntityType::preference, R"({"device_id":"d1","key":"theme"})"));
  EXPECT_FALSE(stays(EntityType::preference, R"({"device_id":"","key":"theme"})"));
  EXPECT_FALSE(stays(EntityType::preference, R"({"device_id":null,"key":"theme"})"));
  EXPECT_FALSE(stays(EntityType::saved_query, R"({"privacy_mode":"private"})"));
}

}  // namespace
}  // namespace studiosync
