#include "e2e/draw/draw.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "e2e/draw/page_parts.hpp"
#include "e2e/history/history_file.hpp"
#include "tests/e2e/draw/sample_run.hpp"

namespace studiosync::e2e {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string page_of(const testing::SampleRun& run) {
  return draw_html(run.scenario, run.history, run.violations);
}

std::size_t count_of(std::string_view what, std::string_view text) {
  std::size_t count = 0;
  for (auto at = text.find(what); at != std::string_view::npos; at = text.find(what, at + 1)) {
    ++count;
  }
  return count;
}

std::string between(const std::string& text, std::string_view begin, std::string_view end) {
  const auto from = text.find(begin) + begin.size();
  return text.substr(from, text.find(end, from) - from);
}

std::string embedded_text(const std::string& page) {
  return between(page, R"(id="run">)", "</script>");
}

Json embedded(const std::string& page) {
  return parse_json(embedded_text(page)).value();
}

// A run whose every text tries to get out of its place.
testing::SampleRun hostile_run() {
  const std::string attack =
      "</script><script>alert(1)</script><!-- \" ' & \xE2\x80\xA8\xE2\x80\xA9 @JS@ </title>";
  testing::SampleRun run = testing::sample_run();
  run.scenario.name = attack;
  run.scenario.about = attack;
  run.violations[0].message = attack;
  for (Event& event : run.history) {
    if (auto* edited = std::get_if<Edited>(&event.what)) {
      edited->after = Json::object().set(attack, attack).canonical();
    }
  }
  return run;
}

TEST(DrawHtml, IsTheSameForTheSameRun) {
  EXPECT_EQ(page_of(testing::sample_run()), page_of(testing::sample_run()));
}

TEST(DrawHtml, NeedsNothingFromElsewhere) {
  std::string page = page_of(testing::sample_run());
  const std::string name_of_svg = "http://www.w3.org/2000/svg";  // a name; nothing is fetched
  ASSERT_EQ(count_of(name_of_svg, page), 1U);
  page.erase(page.find(name_of_svg), name_of_svg.size());
  for (const char* reference :
       {"http:", "https:", "//cdn", " src=", "@import", "url(", "fetch(", "XMLHttp", "<link"}) {
    EXPECT_THAT(page, Not(HasSubstr(reference)));
  }
  EXPECT_THAT(page, HasSubstr("default-src 'none'"));
}

TEST(DrawHtml, HoldsTheWholeRun) {
  const auto run = testing::sample_run();
  const Json data = embedded(page_of(run));
  EXPECT_EQ(data.find("events")->items().size(), run.history.size());
  EXPECT_EQ(data.find("violations")->items().size(), run.violations.size());
  EXPECT_EQ(data.find("scenario")->canonical(),
            parse_json(to_json_text(run.scenario)).value().canonical());
}

TEST(DrawHtml, ReadsEveryKindOfEvent) {
  for (std::size_t i = 0; i < std::variant_size_v<Happening>; ++i) {
    EXPECT_THAT(std::string(page_js()), HasSubstr("\n  " + std::string(kind_name_at(i)) + "(e) {"));
  }
}

// What the browser's test looks at is nothing if the sample lacks it.
TEST(SampleRun, HasEveryKindOfEventAndEveryTurn) {
  std::set<std::size_t> kinds;
  std::set<Turned::What> turns;
  for (const Event& event : testing::sample_run().history) {
    kinds.insert(event.what.index());
    if (const auto* turned = std::get_if<Turned>(&event.what)) turns.insert(turned->what);
  }
  EXPECT_EQ(kinds.size(), std::variant_size_v<Happening>);
  EXPECT_EQ(turns.size(), static_cast<std::size_t>(Turned::What::disk_healed) + 1);
}

TEST(DrawHtml, KeepsHostileTextsInTheirPlaces) {
  const auto run = hostile_run();
  const std::string page = page_of(run);
  EXPECT_EQ(count_of("</script", page), 2U);
  EXPECT_EQ(count_of("<script", page), 2U);
  EXPECT_THAT(page, Not(HasSubstr("<!--")));
  EXPECT_THAT(embedded_text(page), Not(HasSubstr("\xE2\x80\xA8")));
  EXPECT_EQ(count_of("</title", page), 1U);
  EXPECT_EQ(*embedded(page).find("scenario")->find("about"), Json(run.scenario.about));
}

// Void elements aside, each tag of the page itself is closed in its turn.
TEST(DrawHtml, ClosesWhatItOpens) {
  std::string page(page_html());
  const std::set<std::string> never_closed{"meta", "!doctype"};
  std::vector<std::string> open;
  for (auto at = page.find('<'); at != std::string::npos; at = page.find('<', at + 1)) {
    const bool closes = page[at + 1] == '/';
    const auto begin = at + (closes ? 2 : 1);
    const std::string name = page.substr(begin, page.find_first_of(" >\n", begin) - begin);
    if (closes) {
      ASSERT_FALSE(open.empty()) << name;
      EXPECT_EQ(open.back(), name);
      open.pop_back();
    } else if (!never_closed.contains(name)) {
      open.push_back(name);
    }
  }
  EXPECT_TRUE(open.empty());
}

}  // namespace
}  // namespace studiosync::e2e
