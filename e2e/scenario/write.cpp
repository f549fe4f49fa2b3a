#include "core/base/duration.hpp"
#include "e2e/scenario/long_text.hpp"
#include "e2e/scenario/step_kind.hpp"

namespace studiosync::e2e {
namespace {

// On one line, with spaces, members in the order that they have.
std::string one_line(const Json& json) {
  if (json.is_array()) {
    std::string out;
    for (const Json& item : json.items()) out += (out.empty() ? "" : ", ") + one_line(item);
    return "[" + out + "]";
  }
  if (!json.is_object()) return json.dump();
  std::string out;
  for (const auto& [key, value] : json.members()) {
    out += (out.empty() ? "" : ", ") + Json(key).dump() + ": " + one_line(value);
  }
  return "{" + out + "}";
}

Json count_json(std::size_t count) {
  return Json(static_cast<std::uint64_t>(count));
}

void set_expectation(const Expectation& expected, Json& out) {
  if (expected.exists) out.set("exists", *expected.exists);
  if (expected.data) out.set("data", *expected.data);
  if (expected.count) out.set("count", count_json(*expected.count));
  if (expected.open_conflicts) out.set("open_conflicts", count_json(*expected.open_conflicts));
  if (expected.rejected) out.set("rejected", count_json(*expected.rejected));
  if (expected.link) out.set("link", *expected.link);
}

void set_data(Json data, Json& out) {
  Json lengths = data.is_object() ? take_long_texts(data) : Json::object();
  out.set("data", std::move(data));
  if (!lengths.members().empty()) out.set("long", std::move(lengths));
}

Json step_json(const Step& step) {
  const StepKind& kind = kind_of(step.what);
  Json out = Json::object();
  out.set("at", duration_text(step.at)).set("do", kind.name);
  if (kind.device != Need::none && !step.device.empty()) out.set("device", step.device);
  if (kind.type != Need::none && step.type != EntityType{}) out.set("type", to_string(step.type));
  if (kind.id != Need::none && !step.id.empty()) out.set("id", step.id);
  if (kind.data) set_data(step.data, out);
  if (!kind.text.empty()) out.set(std::string(kind.text), step.text);
  if (!kind.number.empty()) out.set(std::string(kind.number), step.number);
  if (!kind.ms.empty()) out.set(std::string(kind.ms), duration_text(step.ms));
  if (step.what == Do::expect && step.expectation) set_expectation(*step.expectation, out);
  return out;
}

Json device_json(const DeviceSpec& device) {
  Json out = Json::object();
  out.set("name", device.name).set("user", device.user);
  if (device.skew != Millis{}) out.set("skew", duration_text(device.skew));
  if (device.old_client) out.set("old_client", true);
  if (!device.beside.empty()) out.set("beside", device.beside);
  return out;
}

class Lines {
 public:
  void member(std::string_view key, const Json& value) { begin(key) += one_line(value); }

  // One item a line.
  template <class Items, class ToJson>
  void list(std::string_view key, const Items& items, ToJson to_json) {
    std::string& out = begin(key);
    out += '[';
    const char* separator = "\n    ";
    for (const auto& item : items) {
      out.append(separator).append(one_line(to_json(item)));
      separator = ",\n    ";
    }
    out += items.empty() ? "]" : "\n  ]";
  }

  std::string finish() && { return "{" + std::move(out_) + "\n}\n"; }

 private:
  std::string& begin(std::string_view key) {
    out_.append(out_.empty() ? "\n  " : ",\n  ").append(Json(key).dump()).append(": ");
    return out_;
  }

  std::string out_;
};

}  // namespace

std::string to_json_text(const Scenario& scenario) {
  const Scenario defaults;
  Lines out;
  out.member("name", scenario.name);
  if (!scenario.about.empty()) out.member("about", scenario.about);
  if (!scenario.bug.empty()) out.member("bug", scenario.bug);
  if (!scenario.breaks.empty()) out.member("breaks", scenario.breaks);
  if (scenario.seed != defaults.seed) out.member("seed", scenario.seed);
  if (scenario.store != defaults.store) out.member("store", "sqlite");
  if (scenario.link != defaults.link) out.member("link", "bytes");
  out.list("devices", scenario.devices, device_json);
  out.list("steps", scenario.steps, step_json);
  return std::move(out).finish();
}

}  // namespace studiosync::e2e
