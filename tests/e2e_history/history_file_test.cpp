#include "e2e/history/history_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/json.hpp"
#include "tests/e2e_history/one_of_each.hpp"

namespace studiosync::e2e::testing {
namespace {

using ::testing::HasSubstr;

std::string message_of(std::string_view text) {
  const auto history = parse_history(text);
  return history ? "" : history.error().message;
}

TEST(HistoryFile, HoldsEveryKindOfEvent) {
  const History history = one_of_each();
  ASSERT_EQ(history.size(), std::variant_size_v<Happening>);
  for (std::size_t i = 0; i < history.size(); ++i) EXPECT_EQ(history[i].what.index(), i);
}

TEST(HistoryFile, ReadsWhatItWrote) {
  const History history = one_of_each();
  const std::string lines = to_json_lines(history);
  const auto read = parse_history(lines);
  ASSERT_TRUE(read.has_value()) << read.error().message;
  ASSERT_EQ(read->size(), history.size());
  EXPECT_EQ(to_json_lines(*read), lines);
}

TEST(HistoryFile, LosesNothingOfADevicesRecords) {
  const History history = one_of_each();
  const auto read = parse_event(to_json_line(history[10]));
  ASSERT_TRUE(read.has_value()) << read.error().message;
  const auto& before = std::get<DeviceState>(history[10].what);
  const auto& after = std::get<DeviceState>(read->what);
  EXPECT_EQ(after.records, before.records);
  EXPECT_EQ(after.originals, before.originals);
  EXPECT_EQ(after.aside, before.aside);
  EXPECT_EQ(after.rejected.front().change, before.rejected.front().change);
  EXPECT_EQ(after.rejected.front().error.rule, "jwt");
}

TEST(HistoryFile, LosesNothingOfTheServersRows) {
  const History history = one_of_each();
  const auto read = parse_event(to_json_line(history[11]));
  ASSERT_TRUE(read.has_value()) << read.error().message;
  const auto& before = std::get<ServerState>(history[11].what);
  const auto& after = std::get<ServerState>(read->what);
  EXPECT_EQ(after.rows, before.rows);
  EXPECT_EQ(after.numbers.floor, before.numbers.floor);
  const ConflictCase& conflict = after.archive.front().conflict;
  EXPECT_EQ(conflict.local.content, before.archive.front().conflict.local.content);
  EXPECT_EQ(conflict.local.origin, before.archive.front().conflict.local.origin);
  EXPECT_EQ(after.archive.front().choice, Choice::keep_both);
}

TEST(HistoryFile, WritesEachLineCanonically) {
  for (const Event& event : one_of_each()) {
    const std::string line = to_json_line(event);
    EXPECT_EQ(parse_json(line)->canonical(), line);
  }
}

TEST(HistoryFile, IgnoresMembersThatNobodyKnowsAndEmptyLines) {
  const auto read = parse_history(
      "\n"
      R"({"at":"2023-11-14T22:13:20Z","colour":"red","frame_number":1,"kind":"arrived",)"
      R"("lane":"server","number":0})"
      "\n\n");
  ASSERT_TRUE(read.has_value()) << read.error().message;
  EXPECT_EQ(std::get<Arrived>(read->front().what).number, 1U);
}

TEST(HistoryFile, NamesLineAndPathOfWhatIsWrong) {
  const std::string right = to_json_lines({one_of_each().front()});
  EXPECT_THAT(message_of(right + "{"), HasSubstr("line 2: "));
  EXPECT_THAT(message_of(right + right), HasSubstr("line 2: $.number"));
  std::string bad_rev = to_json_line(one_of_each()[1]);
  bad_rev.replace(bad_rev.find("\"version\":2"), 11, "\"version\":-");
  EXPECT_THAT(message_of(bad_rev), HasSubstr("line 1: "));
  std::string text_rev = to_json_line(one_of_each()[1]);
  text_rev.replace(text_rev.find("\"version\":2"), 11, "\"version\":\"2\"");
  EXPECT_THAT(message_of(text_rev), HasSubstr("line 1: $.base.version"));
}

TEST(HistoryFile, RefusesAKindThatNobodyKnows) {
  EXPECT_THAT(
      message_of(R"({"at":"2023-11-14T22:13:20Z","kind":"sneezed","lane":"desk","number":0})"),
      HasSubstr("line 1: $.kind must be a kind of event"));
}

TEST(HistoryFile, NamesEveryTurnOfALife) {
  for (std::uint8_t i = 0; i <= static_cast<std::uint8_t>(Turned::What::disk_healed); ++i) {
    const auto what = static_cast<Turned::What>(i);
    EXPECT_EQ(parse_turn(to_string(what)), what);
  }
  EXPECT_EQ(parse_turn("sneezed"), std::nullopt);
}

}  // namespace
}  // namespace studiosync::e2e::testing
