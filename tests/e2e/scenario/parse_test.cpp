#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/sync/engine_types.hpp"
#include "e2e/scenario/scenario.hpp"

namespace studiosync::e2e {
namespace {

std::string with_steps(const std::string& steps) {
  return R"({"name":"n","devices":[{"name":"laptop","user":"ann"}],"steps":[)" + steps + "]}";
}

struct Refusal {
  std::string text;
  std::string path;
  std::string message;
};

void expect_refused(const Refusal& refusal) {
  const auto read = parse_scenario(refusal.text);
  ASSERT_FALSE(read.has_value()) << refusal.text;
  EXPECT_EQ(read.error().path, refusal.path) << refusal.text;
  EXPECT_THAT(read.error().message, testing::HasSubstr(refusal.message)) << refusal.text;
}

TEST(ParseScenario, NamesThePathOfWhatHasNoPlaceOrTheWrongShape) {
  const std::string put = R"({"at":"1s","do":"put","device":"laptop","type":"saved_query",)";
  for (const Refusal& refusal : std::vector<Refusal>{
           {"[]", "$", "object"},
           {R"({"name":"n","devices":[],"steps":[],"speed":1})", "$.speed", "no member"},
           {R"({"devices":[],"steps":[]})", "$.name", "text"},
           {R"({"name":"n","devices":{},"steps":[]})", "$.devices", "array"},
           {R"({"name":"n","link":"wire","devices":[],"steps":[]})", "$.link", "frames or bytes"},
           {R"({"name":"n","devices":[{"name":"a","user":"u","os":1}],"steps":[]})",
            "$.devices[0].os", "no member"},
           {R"({"name":"n","devices":[{"name":"a"}],"steps":[]})", "$.devices[0].user", "text"},
           {with_steps("7"), "$.steps[0]", "object"},
           {with_steps(R"({"do":"settle"})"), "$.steps[0].at", "text"},
           {with_steps(R"({"at":5,"do":"settle"})"), "$.steps[0].at", "text"},
           {with_steps(R"({"at":"soon","do":"settle"})"), "$.steps[0].at", "span of time"},
           {with_steps(R"({"at":"1s","do":"sing"})"), "$.steps[0].do", "kind of step"},
           {with_steps(R"({"at":"1s","do":"settle","device":"laptop"})"), "$.steps[0].device",
            "no member"},
           {with_steps(put + R"("id":"q","data":[]})"), "$.steps[0].data", "object"},
           {with_steps(put + R"("id":"q"})"), "$.steps[0].data", "object"},
           {with_steps(put + R"("data":{}})"), "$.steps[0].id", "empty"},
           {with_steps(put + R"("id":"q","data":{},"long":7})"), "$.steps[0].long", "object"},
           {with_steps(put + R"("id":"q","data":{},"long":{"query":"much"}})"),
            "$.steps[0].long.query", "integer"},
           {with_steps(put + R"("id":"q","data":{},"long":{"query":9999}})"),
            "$.steps[0].long.query", "10000"},
           {with_steps(R"({"at":"1s","do":"clock","device":"laptop"})"), "$.steps[0].off_by",
            "text"},
           {with_steps(R"({"at":"1s","do":"expect","exists":1})"), "$.steps[0].exists", "true"},
           {with_steps(R"({"at":"1s","do":"expect","rejected":-1})"), "$.steps[0].rejected",
            "integer"},
       }) {
    expect_refused(refusal);
  }
}

TEST(ParseScenario, NamesThePathOfWhatCannotBeRun) {
  const std::string two = R"({"name":"n","devices":[{"name":"a","user":"u"},)";
  for (const Refusal& refusal : std::vector<Refusal>{
           {R"({"name":"","devices":[],"steps":[]})", "$.name", "empty"},
           {R"({"name":"n","devices":[],"steps":[]})", "$.devices", "device"},
           {two + R"({"name":"a","user":"u"}],"steps":[]})", "$.devices[1].name", "another"},
           {two + R"({"name":"server","user":"u"}],"steps":[]})", "$.devices[1].name", "no device"},
           {two + R"({"name":"b","user":""}],"steps":[]})", "$.devices[1].user", "empty"},
           {two + R"({"name":"b","user":"v","beside":"c"}],"steps":[]})", "$.devices[1].beside",
            "in front"},
           {two + R"({"name":"b","user":"u","beside":"a"}],"steps":[]})", "$.devices[1].beside",
            "same account"},
           {with_steps(R"({"at":"2s","do":"settle"},{"at":"1s","do":"settle"})"), "$.steps[1].at",
            "before"},
           {with_steps(R"({"at":"-1s","do":"settle"})"), "$.steps[0].at", "before"},
           {with_steps(R"({"at":"1s","do":"online"})"), "$.steps[0].device", "name a device"},
           {with_steps(R"({"at":"1s","do":"online","device":"twin"})"), "$.steps[0].device",
            "no such device"},
           {with_steps(R"({"at":"1s","do":"remove","device":"laptop","type":"conflict","id":"x"})"),
            "$.steps[0].type", "a user edits"},
           {with_steps(R"({"at":"1s","do":"partition","direction":"up"})"), "$.steps[0].direction",
            "in, out, both"},
           {with_steps(R"({"at":"1s","do":"slow","device":"laptop","by":"-1s"})"), "$.steps[0].by",
            "negative"},
           {with_steps(R"({"at":"1s","do":"clone","device":"laptop","as":"laptop"})"),
            "$.steps[0].as", "another"},
           {with_steps(R"({"at":"1s","do":"restore","device":"laptop"})"), "$.steps[0]",
            "no backup"},
           {with_steps(R"({"at":"1s","do":"server_restore"})"), "$.steps[0]", "no server_backup"},
           {with_steps(R"({"at":"1s","do":"expect"})"), "$.steps[0]", "nothing"},
           {with_steps(R"({"at":"1s","do":"expect","count":1})"), "$.steps[0].type", "type"},
           {with_steps(R"({"at":"1s","do":"expect","type":"preference","exists":true})"),
            "$.steps[0].id", "empty"},
           {with_steps(R"({"at":"1s","do":"expect","link":"live"})"), "$.steps[0].device", "link"},
           {with_steps(R"({"at":"1s","do":"expect","rejected":7})"), "$.steps[0].device",
            "rejected"},
           {with_steps(R"({"at":"1s","do":"expect","device":"laptop","link":"alive"})"),
            "$.steps[0].link", "stopped, waiting"},
       }) {
    expect_refused(refusal);
  }
}

TEST(ParseScenario, KnowsACloneFromItsStepOn) {
  const auto read =
      parse_scenario(with_steps(R"({"at":"1s","do":"clone","device":"laptop","as":"twin"},)"
                                R"({"at":"1s","do":"offline","device":"twin"})"));
  ASSERT_TRUE(read.has_value()) << read.error().path;
  EXPECT_EQ(read->steps[0].text, "twin");
}

TEST(ParseScenario, KnowsEveryStateOfAnEngine) {
  for (int state = 0; state <= static_cast<int>(LinkState::halted); ++state) {
    const std::string link(to_string(static_cast<LinkState>(state)));
    const auto read = parse_scenario(
        with_steps(R"({"at":"1s","do":"expect","device":"laptop","link":")" + link + R"("})"));
    ASSERT_TRUE(read.has_value()) << read.error().message;
    EXPECT_EQ(read->steps[0].expectation->link, link);
  }
}

TEST(ParseScenario, NamesTheLengthOfALongText) {
  const std::string text =
      with_steps(R"({"at":"1s","do":"put","device":"laptop","type":"saved_query","id":"q",)"
                 R"("data":{"name":"Orders"},"long":{"query":900000}})");
  const auto read = parse_scenario(text);
  ASSERT_TRUE(read.has_value()) << read.error().path;
  EXPECT_EQ(read->steps[0].data.find("query")->as_string().size(), 900'000U);
  EXPECT_EQ(read->steps[0].data.find("name")->as_string(), "Orders");
  const std::string written = to_json_text(*read);
  EXPECT_LT(written.size(), 1000U);
  EXPECT_TRUE(parse_scenario(written).value() == *read);
}

TEST(ParseScenario, AcceptsASkewedClockInThePast) {
  const auto read = parse_scenario(
      with_steps(R"({"at":"1s","do":"clock","device":"laptop","off_by":"-20000d"})"));
  ASSERT_TRUE(read.has_value()) << read.error().path;
  EXPECT_EQ(read->steps[0].ms.count, -20'000LL * 86'400'000);
}

}  // namespace
}  // namespace studiosync::e2e
