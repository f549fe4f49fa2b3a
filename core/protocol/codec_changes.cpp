// pull, snapshot → changes; changed and ack: reading a user's log.
#include <algorithm>
#include <limits>

#include "core/protocol/frames.hpp"
#include "core/protocol/wire.hpp"

namespace studiosync {

void write_members(const Pull& pull, Json& frame) {
  frame.set("cursor", to_string(pull.cursor));
  if (pull.limit != 0) frame.set("limit", std::int64_t{pull.limit});
}

Message read_pull(const ObjectReader& in) {
  constexpr std::uint64_t limit_max = std::numeric_limits<std::uint32_t>::max();
  return Pull{read_cursor(in, "cursor"),
              static_cast<std::uint32_t>(std::min(in.number_or("limit", 0), limit_max))};
}

void write_members(const Changes& changes, Json& frame) {
  frame.set("from", to_string(changes.from));
  frame.set("to", to_string(changes.to));
  frame.set("changes", records_json(changes.changes));
  frame.set("has_more", changes.has_more);
  frame.set("snapshot", changes.snapshot);
}

Message read_changes(const ObjectReader& in) {
  return Changes{.from = read_cursor(in, "from"),
                 .to = read_cursor(in, "to"),
                 .changes = read_records(in, "changes"),
                 .has_more = in.flag("has_more"),
                 .snapshot = in.flag("snapshot")};
}

void write_members(const Changed& changed, Json& frame) {
  frame.set("head", to_string(changed.head));
}

Message read_changed(const ObjectReader& in) {
  return Changed{read_cursor(in, "head")};
}

void write_members(const Ack& ack, Json& frame) {
  frame.set("cursor", to_string(ack.cursor));
}

Message read_ack(const ObjectReader& in) {
  return Ack{read_cursor(in, "cursor")};
}

void write_members(const Snapshot& snapshot, Json& frame) {
  if (snapshot.cursor) frame.set("cursor", to_string(*snapshot.cursor));
}

Message read_snapshot(const ObjectReader& in) {
  Snapshot snapshot;
  if (in.has("cursor")) snapshot.cursor = read_cursor(in, "cursor");
  return snapshot;
}

}  // namespace studiosync
