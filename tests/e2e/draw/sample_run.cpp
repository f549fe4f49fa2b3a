#include "tests/e2e/draw/sample_run.hpp"

#include "tests/e2e/draw/play.hpp"

namespace studiosync::testing {

using namespace studiosync::e2e;
using What = Turned::What;

namespace {

constexpr const char* copy = "c-0123456789abcdef0123456789abcdef";

std::string query(const std::string& name, const std::string& sql, bool favorite = false) {
  return Json::object().set("favorite", favorite).set("name", name).set("query", sql).canonical();
}

Scenario sample_scenario() {
  Scenario scenario;
  scenario.name = "two-teams-and-a-long-holiday";
  scenario.about =
      "Ann edits one query on two devices while the phone is cut off, the server crashes between "
      "a commit and its answer, and Bob's desk comes back after 60 days.";
  scenario.seed = 20260131;
  scenario.link = LinkKind::bytes;
  scenario.devices = {{.name = "laptop", .user = "ann"},
                      {.name = "phone", .user = "ann", .skew = Millis{-300'000}},
                      {.name = "desk", .user = "bob"},
                      {.name = "tablet", .user = "bob", .old_client = true}};
  scenario.steps = {
      {.at = Millis{9'000}, .what = Do::offline, .device = "phone"},
      {.at = Millis{14'000}, .what = Do::online, .device = "phone"},
      {.at = Millis{20'000}, .what = Do::cut, .device = "desk", .text = "down", .number = 40},
      {.at = Millis{5'184'000'000}, .what = Do::slow, .device = "tablet", .ms = Millis{2'000}}};
  scenario.bug = "ack-before-commit";
  scenario.breaks = "lost-edit";
  return scenario;
}

void begin(Play& play) {
  play.server_starts(0x1a2b3c4d5e);
  for (const char* device : {"laptop", "phone", "desk", "tablet"}) {
    play.wait(40);
    play.turn(device, What::started);
    play.turn(device, What::logged_in);
    play.exchange(device, "hello", "welcome");
  }
}

void ordinary_work(Play& play) {
  play.wait(800);
  play.edit("laptop", "orders", query("Orders of today", "SELECT * FROM orders"));
  play.sync("laptop");
  play.wait(400);
  play.edit("desk", "stock", query("Stock below minimum", "SELECT sku FROM stock"));
  play.edit("desk", "prices", query("Prices", "SELECT * FROM prices"));
  play.sync("desk");
  play.wait(900);
  play.edit("phone", "orders", query("Orders of today", "SELECT * FROM orders", true));
  play.sync("phone");
  play.wait(300);
  for (int i = 0; i < 12; ++i) {
    play.edit("tablet", "import-" + std::to_string(i), query("Imported", "SELECT 1"));
  }
  play.sync("tablet");
  play.turn("tablet", What::login_ended);
  play.wait(200);
  play.turn("tablet", What::logged_in);
}

void a_conflict(Play& play) {
  play.wait(4'000);
  play.turn("phone", What::partitioned, "both");
  play.hear_nothing("phone");
  play.edit("phone", "orders", query("Orders, open only", "SELECT * FROM orders WHERE open", true));
  play.lose("phone", "server", "push", "partition");
  play.wait(700);
  play.edit("laptop", "orders", query("Orders by day", "SELECT day, count(*) FROM orders", true));
  play.sync("laptop");
  play.wait(2'000);
  play.turn("phone", What::healed, "both");
  play.catch_up("phone");
  play.sync("phone", Status::conflict);
  play.edit("phone", copy, query("Orders, open only (conflicted copy - phone)", "SELECT 1", true));
  play.sync("phone");
  play.note("server", Committed{.user = "ann",
                                .change = {},
                                .row = {.type = EntityType::conflict,
                                        .id = "x-0123456789abcdef0123456789abcdef",
                                        .rev = {Epoch{0x1a2b3c4d5e}, Version{1}},
                                        .seq = Seq{9},
                                        .content = R"({"status":"open"})"}});
}

void crashes(Play& play) {
  play.wait(1'500);
  play.turn("server", What::backed_up);
  play.edit("desk", "stock", query("Stock below minimum", "SELECT sku, left FROM stock"));
  play.lose("server", "desk", "pushed", "connection cut");
  play.wait(300);
  play.turn("server", What::crashed, "2 commits not synced");
  play.wait(900);
  play.server_starts(0x5e4d3c2b1a);
  play.exchange("desk", "hello", "welcome");
  play.sync("desk", Status::duplicate);
  play.wait(500);
  play.turn("laptop", What::disk_failed);
  play.wait(250);
  play.turn("laptop", What::disk_healed);
  play.turn("laptop", What::crashed);
  play.wait(1'700);
  play.turn("laptop", What::started);
  play.turn("laptop", What::backed_up);
  play.exchange("laptop", "hello", "welcome");
}

std::uint64_t a_long_holiday(Play& play) {
  play.turn("desk", What::stopped);
  play.hear_nothing("desk");
  play.wait(5'184'000'000);
  play.turn("tablet", What::clock_changed, "+26700d");
  play.edit("tablet", "stock", "");
  play.sync("tablet");
  play.turn("server", What::collected, "up to seq 12");
  play.turn("desk", What::started);
  play.turn("desk", What::set_aside, "resync");
  play.catch_up("desk");
  play.edit("desk", "prices", query("Prices", "SELECT * FROM prices ORDER BY 1"));
  return play.sync("desk", Status::rejected);
}

void the_rest(Play& play) {
  play.wait(600);
  play.turn("server", What::restored, "backup 1");
  play.turn("phone", What::cloned, "laptop");
  play.turn("tablet", What::halted, "login needed");
  play.turn("tablet", What::revoked);
  play.turn("laptop", What::reset);
  play.lose("server", "tablet", "revoked", "no process");
}

}  // namespace

SampleRun sample_run() {
  SampleRun run{.scenario = sample_scenario()};
  Play play(run.scenario);
  begin(play);
  ordinary_work(play);
  a_conflict(play);
  crashes(play);
  const std::uint64_t refused = a_long_holiday(play);
  const std::string prices = query("Prices", "SELECT * FROM prices ORDER BY 1");
  play.note("desk", Decided{.user = "bob",
                            .type = EntityType::saved_query,
                            .id = "prices",
                            .change = ChangeId{{0x98}},
                            .what = Decided::What::taken_off,
                            .before = prices,
                            .after = prices});
  the_rest(play);
  play.wait(200);
  const std::uint64_t leak = play.note("server", Leaked{"canary-7", "the log file"});
  play.wait(5'000);
  for (const char* device : {"laptop", "phone", "desk", "tablet"}) play.describe(device);
  play.describe_server("ann");
  play.describe_server("bob");
  run.history = std::move(play).take();
  run.violations = {
      {.rule = "lost-edit",
       .event = refused,
       .lane = "desk",
       .user = "bob",
       .type = EntityType::saved_query,
       .id = "prices",
       .message = "desk was told that #4 of prices is refused, and no row, copy, archive or inbox "
                  "holds its query"},
      {.rule = "leaked", .event = leak, .lane = "server", .message = "canary-7 in the log file"}};
  return run;
}

}  // namespace studiosync::testing
