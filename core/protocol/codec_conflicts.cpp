// conflicts → conflicts, resolve → resolved: the inbox of conflicts, as over HTTP.
#include "core/base/limits.hpp"
#include "core/protocol/codec.hpp"
#include "core/protocol/frames.hpp"
#include "core/protocol/wire.hpp"

namespace studiosync {
namespace {

// `merge` resolves on arrival or not at all: a person picks a side, both, or gives own data.
std::optional<Strategy> parse_resolving_strategy(std::string_view name) {
  const auto strategy = parse_strategy(name);
  return strategy == Strategy::merge ? std::nullopt : strategy;
}

std::optional<Choice> parse_side(std::string_view name) {
  const auto choice = parse_choice(name);
  const bool side = choice == Choice::local || choice == Choice::remote;
  return side ? choice : std::nullopt;
}

// Whether all conflicts are asked for, or only the open ones.
std::optional<bool> parse_filter(std::string_view name) {
  if (name == "all") return true;
  if (name == "open") return false;
  return std::nullopt;
}

Json conflicts_json(const std::vector<ConflictView>& conflicts) {
  Json list = Json::array();
  for (const ConflictView& conflict : conflicts) list.push_back(to_json(conflict));
  return list;
}

}  // namespace

void write_members(const ConflictsRequest& request, Json& frame) {
  frame.set("status", request.all ? "all" : "open");
}

void write_members(const Conflicts& conflicts, Json& frame) {
  frame.set("conflicts", conflicts_json(conflicts.conflicts));
  frame.set("count", static_cast<std::uint64_t>(conflicts.conflicts.size()));
}

Message read_conflicts(const ObjectReader& in) {
  if (!in.has("conflicts")) {
    return ConflictsRequest{in.parsed_if("status", parse_filter, "open or all").value_or(false)};
  }
  Conflicts conflicts;
  in.each("conflicts",
          [&](const ObjectReader& item) { conflicts.conflicts.push_back(read_conflict(item)); });
  return conflicts;
}

void write_members(const Resolve& resolve, Json& frame) {
  frame.set("conflict_id", resolve.conflict_id);
  frame.set("strategy", to_string(resolve.strategy));
  if (resolve.chosen) frame.set("chosen_version", to_string(*resolve.chosen));
  if (resolve.merged_data) frame.set("merged_data", *resolve.merged_data);
  if (resolve.remote_version) frame.set("remote_version", resolve.remote_version->value);
}

Resolve read_decision(std::string conflict_id, const ObjectReader& in) {
  Resolve resolve{.conflict_id = std::move(conflict_id),
                  .strategy = in.parsed("strategy", parse_resolving_strategy,
                                        "last_write_wins, keep_both or user_choice"),
                  .chosen = in.parsed_if("chosen_version", parse_side, "local or remote"),
                  .merged_data = std::nullopt,
                  .remote_version = std::nullopt};
  if (in.has("merged_data")) {
    const Json& merged = *in.find("merged_data");
    if (!merged.is_object()) in.fail("merged_data", "must be an object");
    resolve.merged_data = merged;
  }
  if (in.has("remote_version")) resolve.remote_version = Version{in.number("remote_version")};
  return resolve;
}

Message read_resolve(const ObjectReader& in) {
  return read_decision(in.text("conflict_id", limits::id_bytes_max), in);
}

void write_members(const Resolved& resolved, Json& frame) {
  frame.set("conflict", to_json(resolved.conflict));
  frame.set("from", to_string(resolved.from));
  frame.set("to", to_string(resolved.to));
}

Message read_resolved(const ObjectReader& in) {
  return Resolved{.conflict = read_conflict(in.object("conflict")),
                  .from = read_cursor(in, "from"),
                  .to = read_cursor(in, "to")};
}

}  // namespace studiosync
