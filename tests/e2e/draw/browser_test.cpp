// The page in a real browser, where there is one: what its script makes of every kind of event.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "e2e/draw/draw.hpp"
#include "os/child_process.hpp"
#include "tests/e2e/draw/sample_run.hpp"
#include "tests/support/temporary_folder.hpp"

namespace studiosync::e2e {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

struct Shown {
  std::string dom;  // after the page's script ran
  std::string log;
};

Shown shown_by_browser(const testing::SampleRun& run) {
  TemporaryFolder folder;
  std::ofstream(folder.file("run.html")) << draw_html(run.scenario, run.history, run.violations);
  auto browser = os::ChildProcess::start(
      {STUDIOSYNC_CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom",
       "--enable-logging=stderr", "--user-data-dir=" + folder.file("profile"),
       "file://" + folder.file("run.html")},
      folder.file("log"));
  Shown shown;
  if (!browser) return shown;
  while (auto line = browser->read_line(Millis{60'000})) shown.dom += *line + "\n";
  EXPECT_EQ(browser->wait(Millis{60'000}), 0);
  std::ifstream log(folder.file("log"));
  shown.log.assign(std::istreambuf_iterator<char>(log), {});
  return shown;
}

TEST(PageInABrowser, DrawsEveryKindOfEvent) {
  const Shown shown = shown_by_browser(testing::sample_run());
  EXPECT_THAT(shown.log, Not(HasSubstr("CONSOLE")));
  for (const char* mark : {"edited", "decided", "frozen", "committed", "copy", "conflict",
                           "acknowledged", "moved", "turned", "script", "leaked", "state"}) {
    EXPECT_THAT(shown.dom, HasSubstr("mark kind-" + std::string(mark)));
  }
  for (const char* part :
       {"class=\"arrow upload", "class=\"arrow download", "class=\"arrow talk", "class=\"cross\"",
        "class=\"partition\"", "class=\"offline\"", "class=\"down\"", "class=\"break\"",
        "class=\"fault-line\"", "lost-edit: desk was told", "12 × commit", "59 d 23 h"}) {
    EXPECT_THAT(shown.dom, HasSubstr(part));
  }
}

TEST(PageInABrowser, SaysWhatHoldsWhenNothingIsBroken) {
  auto run = testing::sample_run();
  run.violations.clear();
  EXPECT_THAT(shown_by_browser(run).dom, HasSubstr("All invariants hold"));
}

TEST(PageInABrowser, DrawsARunInWhichNothingHappened) {
  testing::SampleRun run = testing::sample_run();
  run.history.clear();
  run.violations.clear();
  run.scenario.steps.clear();
  const Shown shown = shown_by_browser(run);
  EXPECT_THAT(shown.log, Not(HasSubstr("CONSOLE")));
  EXPECT_THAT(shown.dom, HasSubstr("<svg"));
}

}  // namespace
}  // namespace studiosync::e2e
