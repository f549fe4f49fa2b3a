#include <algorithm>
#include <initializer_list>

#include "core/base/duration.hpp"
#include "core/base/limits.hpp"
#include "core/protocol/object_reader.hpp"
#include "core/schema/json_path.hpp"
#include "e2e/scenario/check.hpp"
#include "e2e/scenario/long_text.hpp"
#include "e2e/scenario/step_kind.hpp"

namespace studiosync::e2e {
namespace {

constexpr std::string_view a_span = "a span of time, as 1m30s or 250ms";

using Names = std::vector<std::string_view>;

void refuse_unknown(const Json& json, const ObjectReader& reader, const Names& known) {
  if (!json.is_object()) return;
  for (const auto& [key, value] : json.members()) {
    if (std::ranges::find(known, key) == known.end()) reader.fail(key, "is no member here");
  }
}

Names members_of(const StepKind& kind) {
  Names names{"at", "do"};
  if (kind.device != Need::none) names.emplace_back("device");
  if (kind.type != Need::none) names.emplace_back("type");
  if (kind.id != Need::none) names.emplace_back("id");
  if (kind.data) names.insert(names.end(), {"data", "long"});
  for (const std::string_view name : {kind.text, kind.number, kind.ms}) {
    if (!name.empty()) names.push_back(name);
  }
  if (kind.what == Do::expect) {
    for (const char* name : {"exists", "data", "count", "open_conflicts", "rejected", "link"}) {
      names.emplace_back(name);
    }
  }
  return names;
}

std::optional<std::size_t> count_if_there(const ObjectReader& reader, std::string_view key) {
  if (!reader.has(key)) return std::nullopt;
  return static_cast<std::size_t>(reader.number(key));
}

Expectation read_expectation(const ObjectReader& reader) {
  Expectation expected;
  if (reader.has("exists")) expected.exists = reader.flag("exists");
  if (reader.has("data")) expected.data = *reader.find("data");
  expected.count = count_if_there(reader, "count");
  expected.open_conflicts = count_if_there(reader, "open_conflicts");
  expected.rejected = count_if_there(reader, "rejected");
  if (reader.has("link")) expected.link = reader.text("link");
  return expected;
}

void add_long_texts(const ObjectReader& step, Json& data) {
  const ObjectReader lengths = step.object("long");
  const Json& named = *step.find("long");
  if (!named.is_object() || !data.is_object()) return;
  for (const auto& [key, value] : named.members()) {
    const std::size_t bytes = lengths.number(key);
    if (bytes >= long_text_bytes_min && bytes <= limits::record_bytes_max) {
      data.set(key, long_text(bytes));
    } else {
      lengths.fail(key, "must be from 10000 to what a record may have");
    }
  }
}

Step read_step(const Json& json, std::string_view path, std::optional<Error>& error) {
  const ObjectReader reader(json, path, error);
  Step step;
  step.at = reader.parsed("at", parse_duration, a_span);
  step.what = reader.parsed("do", parse_do, "a kind of step");
  if (error) return step;
  const StepKind& kind = kind_of(step.what);
  refuse_unknown(json, reader, members_of(kind));
  step.device = reader.text_or_empty("device");
  if (reader.has("type")) step.type = reader.parsed("type", parse_entity_type, "an entity's name");
  step.id = reader.text_or_empty("id");
  if (kind.data && reader.has("data")) step.data = *reader.find("data");
  if (kind.data && reader.has("long")) add_long_texts(reader, step.data);
  if (!kind.text.empty()) step.text = reader.text(kind.text);
  if (!kind.number.empty()) step.number = static_cast<std::int64_t>(reader.number(kind.number));
  if (!kind.ms.empty()) step.ms = reader.parsed(kind.ms, parse_duration, a_span);
  if (step.what == Do::expect) step.expectation = read_expectation(reader);
  return step;
}

DeviceSpec read_device(const Json& json, std::string_view path, std::optional<Error>& error) {
  const ObjectReader reader(json, path, error);
  refuse_unknown(json, reader, {"name", "user", "skew", "old_client", "beside"});
  DeviceSpec device;
  device.name = reader.text("name");
  device.user = reader.text("user");
  device.skew = reader.parsed_if("skew", parse_duration, a_span).value_or(Millis{});
  device.old_client = reader.flag("old_client");
  device.beside = reader.text_or_empty("beside");
  return device;
}

// Each item of an array, by `read(json, path, error)`.
template <class Read>
auto read_list(const ObjectReader& reader, std::string_view key, std::optional<Error>& error,
               Read read) {
  std::vector<decltype(read(Json(), "", error))> out;
  const Json::Array* items = reader.array(key);
  for (std::size_t i = 0; items != nullptr && i < items->size() && !error; ++i) {
    out.push_back(read((*items)[i], element_path(member_path("$", key), i), error));
  }
  return out;
}

std::optional<StoreKind> parse_store(std::string_view name) noexcept {
  if (name == "memory") return StoreKind::memory;
  if (name == "sqlite") return StoreKind::sqlite;
  return std::nullopt;
}

std::optional<LinkKind> parse_link(std::string_view name) noexcept {
  if (name == "frames") return LinkKind::frames;
  if (name == "bytes") return LinkKind::bytes;
  return std::nullopt;
}

Scenario read_scenario(const Json& json, std::optional<Error>& error) {
  const ObjectReader reader(json, "$", error);
  refuse_unknown(json, reader,
                 {"name", "about", "bug", "breaks", "seed", "store", "link", "devices", "steps"});
  Scenario out;
  out.name = reader.text("name");
  out.about = reader.text_or_empty("about");
  out.bug = reader.text_or_empty("bug");
  out.breaks = reader.text_or_empty("breaks");
  out.seed = reader.number_or("seed", out.seed);
  out.store = reader.parsed_if("store", parse_store, "memory or sqlite").value_or(out.store);
  out.link = reader.parsed_if("link", parse_link, "frames or bytes").value_or(out.link);
  out.devices = read_list(reader, "devices", error, read_device);
  out.steps = read_list(reader, "steps", error, read_step);
  return out;
}

}  // namespace

Result<Scenario> parse_scenario(std::string_view text) {
  SS_ASSIGN(const Json json, parse_json(text));
  std::optional<Error> error;
  Scenario scenario = read_scenario(json, error);
  if (error) return Unexpected(std::move(*error));
  SS_TRY(check_scenario(scenario));
  return scenario;
}

}  // namespace studiosync::e2e
