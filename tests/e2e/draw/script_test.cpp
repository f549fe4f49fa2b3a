// What the page's script makes of a run before it draws: without a browser, where there is node.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "e2e/draw/draw.hpp"
#include "e2e/draw/page_parts.hpp"
#include "e2e/sim/world.hpp"
#include "os/child_process.hpp"
#include "tests/support/temporary_folder.hpp"

namespace studiosync::e2e {
namespace {

using ::testing::ElementsAre;

// Nothing is drawn: whatever the script asks of the document's nodes is another node.
constexpr const char* document = R"js('use strict';
const node = () => new Proxy(function() {}, {
  get: (_, name) => (name === Symbol.toPrimitive ? () => '' : node()),
  apply: node,
  set: () => true,
});
const data = require('fs').readFileSync(process.argv[2], 'utf8');
const document = {
  getElementById: (id) => (id === 'run' ? {textContent: data} : node()),
  createElement: node,
  createElementNS: node,
};
)js";

constexpr const char* tell_offline = R"js(
for (const {lane, from, to} of offlineSpans)
  console.log(`${lane} ${from.t} to ${to ? to.t : 'the end'}`);
)js";

// The run as it is embedded in its page.
std::string embedded(const Scenario& scenario, const History& history) {
  const std::string page = draw_html(scenario, history, {});
  const std::string mark = R"(id="run">)";
  const auto from = page.find(mark) + mark.size();
  return page.substr(from, page.find("</script>", from) - from);
}

std::vector<std::string> told(const Scenario& scenario, const History& history,
                              const std::string& tell) {
  std::string script(page_js());
  const std::string start = "\nstart();\n";
  EXPECT_TRUE(script.ends_with(start));
  script.resize(script.size() - start.size());
  TemporaryFolder folder;
  std::ofstream(folder.file("run.json")) << embedded(scenario, history);
  std::ofstream(folder.file("script.js")) << document << script << tell;
  std::vector<std::string> lines;
  auto node =
      os::ChildProcess::start({STUDIOSYNC_NODE, folder.file("script.js"), folder.file("run.json")});
  if (!node) return lines;
  while (auto line = node->read_line(Millis{60'000})) lines.push_back(*line);
  EXPECT_EQ(node->wait(Millis{60'000}), 0);
  return lines;
}

Step at(std::int64_t ms, Do what, const char* device) {
  return {.at = Millis{ms}, .what = what, .device = device};
}

Scenario on_a_train() {
  Scenario scenario;
  scenario.name = "train";
  scenario.devices = {{.name = "laptop", .user = "ann"}, {.name = "phone", .user = "ann"}};
  scenario.steps = {at(3'000, Do::offline, "phone"), at(8'000, Do::online, "phone"),
                    at(9'000, Do::offline, "laptop"), at(12'000, Do::settle, "")};
  return scenario;
}

bool tells_of_the_switch(const Event& event) {
  const auto* turned = std::get_if<Turned>(&event.what);
  return turned != nullptr &&
         (turned->what == Turned::What::went_offline || turned->what == Turned::What::went_online);
}

// At the end everything heals, and the laptop is online again.
TEST(PageScript, ShowsWhenADeviceOfASimulatedRunWasOffline) {
  const Scenario scenario = on_a_train();
  const History history = run_scenario(scenario).history;
  ASSERT_EQ(std::ranges::count_if(history, tells_of_the_switch), 4);
  const auto& last = *std::find_if(history.rbegin(), history.rend(), tells_of_the_switch);
  const std::string healed = std::to_string((last.at - history.front().at).count);
  EXPECT_THAT(told(scenario, history, tell_offline),
              ElementsAre("phone 3000 to 8000", "laptop 9000 to " + healed));
}

// Real processes do not tell of the switch: then the script does.
TEST(PageScript, ShowsItByTheStepsWhereAHistoryDoesNotTell) {
  const Scenario scenario = on_a_train();
  History history = run_scenario(scenario).history;
  std::erase_if(history, tells_of_the_switch);
  for (std::size_t i = 0; i < history.size(); ++i) history[i].number = i;
  EXPECT_THAT(told(scenario, history, tell_offline),
              ElementsAre("phone 3000 to 8000", "laptop 9000 to the end"));
}

}  // namespace
}  // namespace studiosync::e2e
