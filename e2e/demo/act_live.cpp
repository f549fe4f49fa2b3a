#include "e2e/demo/stage.hpp"

namespace studiosync::demo {
namespace {

constexpr int edits = 100;

// From the edit's call on one device until the other one has it in its database.
Result<std::chrono::nanoseconds> one_edit(DemoDevice& from, DemoDevice& to, int number) {
  const std::string id = "live-" + from.name();
  to.forget_arrivals();
  Json data = Json::object();
  data.set("key", id).set("value", number).set("category", "demo");
  const Moment start = std::chrono::steady_clock::now();
  SS_TRY(from.host().put(EntityType::preference, id, std::move(data)));
  const auto arrival = to.arrival({EntityType::preference, id}, patience);
  if (!arrival) return fail(ErrorCode::timeout, "an edit did not arrive on the " + to.name());
  return *arrival - start;
}

Result<> direction(Story& story, DemoDevice& from, DemoDevice& to) {
  std::vector<std::chrono::nanoseconds> times;
  for (int i = 0; i < edits; ++i) {
    SS_ASSIGN(const auto time, one_edit(from, to, i));
    times.push_back(time);
  }
  story.say(from.name() + " to " + to.name() + ": " + std::to_string(edits) +
            " edits one after another, " + latency_text(times));
  return {};
}

}  // namespace

Result<> act_live(Stage& stage) {
  stage.story.act(
      "Live push, both ways (every edit durable on the server before the other device sees it)");
  SS_TRY(direction(stage.story, *stage.laptop, *stage.desktop));
  SS_TRY(direction(stage.story, *stage.desktop, *stage.laptop));
  stage.story.check(true, "every edit arrived");
  return {};
}

}  // namespace studiosync::demo
