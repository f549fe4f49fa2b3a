// docs/HISTORY.md and the code say the same.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>

#include "core/base/json.hpp"
#include "e2e/history/history_file.hpp"
#include "tests/e2e_history/one_of_each.hpp"

namespace studiosync::e2e::testing {
namespace {

// What the page says of one kind: the names in its table's first column, and its example.
struct Section {
  std::set<std::string> members;
  std::string example;
};

std::map<std::string, Section> sections() {
  std::ifstream page(STUDIOSYNC_SOURCE "/docs/HISTORY.md");
  std::map<std::string, Section> all;
  std::string kind;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("### `")) kind = line.substr(5, line.size() - 6);
    if (line.starts_with("## ")) kind.clear();
    if (kind.empty()) continue;
    if (line.starts_with("| `")) all[kind].members.insert(line.substr(3, line.find('`', 3) - 3));
    if (line.starts_with("{")) all[kind].example = line;
  }
  return all;
}

std::set<std::string> members_of(const std::string& line) {
  std::set<std::string> members;
  const Json json = parse_json(line).value();
  for (const Json::Member& member : json.members()) members.insert(member.key);
  for (const char* common : {"number", "at", "lane", "kind"}) members.erase(common);
  return members;
}

TEST(HistoryDocument, ShowsALineOfEveryKindAsItIsWritten) {
  const auto page = sections();
  ASSERT_EQ(page.size(), std::variant_size_v<Happening>);
  for (std::size_t i = 0; i < page.size(); ++i) {
    const std::string kind(kind_name_at(i));
    SCOPED_TRACE(kind);
    ASSERT_TRUE(page.contains(kind));
    const auto event = parse_event(page.at(kind).example);
    ASSERT_TRUE(event.has_value()) << event.error().message;
    EXPECT_EQ(kind_name(event->what), kind);
    EXPECT_EQ(to_json_line(*event), page.at(kind).example);
  }
}

TEST(HistoryDocument, ListsEveryMemberOfEveryKind) {
  const auto page = sections();
  for (const Event& event : one_of_each()) {
    const std::string kind(kind_name(event.what));
    SCOPED_TRACE(kind);
    ASSERT_TRUE(page.contains(kind));
    EXPECT_EQ(page.at(kind).members, members_of(to_json_line(event)));
  }
}

TEST(HistoryDocument, NamesEveryTurnOfALife) {
  std::ifstream file(STUDIOSYNC_SOURCE "/docs/HISTORY.md");
  const std::string page{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  for (std::uint8_t i = 0; i <= static_cast<std::uint8_t>(Turned::What::policy_chosen); ++i) {
    const auto what = static_cast<Turned::What>(i);
    EXPECT_THAT(page, ::testing::HasSubstr("`" + std::string(to_string(what)) + "`"));
  }
}

}  // namespace
}  // namespace studiosync::e2e::testing
