#include "tests/e2e/scenario/any_scenario.hpp"

#include <array>

#include "e2e/scenario/step_kind.hpp"

namespace studiosync::testing {
namespace {

using namespace studiosync::e2e;

bool coin(Random& random) {
  return random.below(2) == 1;
}

Json any_data(Random& random) {
  static constexpr std::array values{R"(null)",
                                     R"(true)",
                                     R"(-7)",
                                     R"(0.125)",
                                     R"("")",
                                     R"("</script> \" \\ \u2028 \u0001 ü")",
                                     R"({"a":[1,{"b":[]}],"c":{}})"};
  Json data = Json::object();
  for (const char* key : {"", "name", "query"}) {
    if (coin(random)) data.set(key, *parse_json(values.at(random.below(values.size()))));
  }
  return data;
}

Expectation any_expectation(Random& random, bool of_device) {
  Expectation expected;
  expected.open_conflicts = random.below(3);
  if (coin(random)) expected.exists = coin(random);
  if (coin(random)) expected.data = any_data(random);
  if (coin(random)) expected.count = random.below(100);
  if (of_device && coin(random)) expected.rejected = random.below(3);
  if (of_device && coin(random)) expected.link = "live";
  return expected;
}

// Keeps what the steps before have brought about, so that the next one has what it needs.
class Script {
 public:
  Script(Scenario& scenario, Random& random) : out_(scenario), random_(random) {
    for (const DeviceSpec& device : scenario.devices) devices_.push_back(device.name);
  }

  void add_step() {
    const auto kinds = step_kinds();
    const StepKind& kind = kinds[random_.below(kinds.size())];
    Step step;
    now_.count += static_cast<std::int64_t>(random_.below(coin(random_) ? 100'000'000 : 10));
    step.at = now_;
    step.what = kind.what;
    if (kind.device != Need::none) step.device = devices_.at(random_.below(devices_.size()));
    if (kind.type != Need::none) step.type = user_entity_types.at(random_.below(6));
    if (kind.id != Need::none) step.id = "r" + std::to_string(random_.below(4));
    if (kind.data) step.data = any_data(random_);
    if (!kind.text.empty()) step.text = text_for(kind);
    if (!kind.number.empty()) step.number = static_cast<std::int64_t>(random_.below(1000));
    if (!kind.ms.empty()) step.ms = Millis{static_cast<std::int64_t>(random_.below(10'000'000))};
    if (kind.may_be_negative && coin(random_)) step.ms = Millis{} - step.ms;
    if (step.what == Do::expect) step.expectation = any_expectation(random_, !step.device.empty());
    add_what_it_needs(step);
    out_.steps.push_back(std::move(step));
  }

 private:
  std::string text_for(const StepKind& kind) {
    if (!kind.choices.empty()) {
      return std::string(kind.choices[random_.below(kind.choices.size())]);
    }
    return devices_.emplace_back("clone-" + std::to_string(devices_.size()));
  }

  void add_what_it_needs(const Step& step) {
    Step first;
    first.at = step.at;
    first.device = step.device;
    if (step.what == Do::restore) first.what = Do::backup;
    if (step.what == Do::server_restore) {
      first.what = Do::server_backup;
      first.device.clear();
    }
    if (first.what != Do{}) out_.steps.push_back(std::move(first));
  }

  Scenario& out_;
  Random& random_;
  std::vector<std::string> devices_;
  Millis now_{};
};

}  // namespace

Scenario any_scenario(Random& random, std::size_t steps_max) {
  Scenario scenario;
  scenario.name = "any";
  if (coin(random)) scenario.about = "Says \"this\".\nAnd that.";
  if (coin(random)) scenario.seed = random.below(1ULL << 53);
  if (coin(random)) scenario.store = StoreKind::sqlite;
  if (coin(random)) scenario.link = LinkKind::bytes;
  if (coin(random)) scenario.bug = "cursor-before-rows";
  if (coin(random)) scenario.breaks = "lost-edit";
  scenario.devices = {{.name = "laptop", .user = "ann"},
                      {.name = "phone", .user = "ann", .skew = Millis{-300'000}},
                      {.name = "tablet", .user = "bob", .old_client = true, .beside = "phone"}};
  Script script(scenario, random);
  for (std::size_t i = random.below(steps_max + 1); i > 0; --i) script.add_step();
  return scenario;
}

}  // namespace studiosync::testing
