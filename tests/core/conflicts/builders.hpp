// Short ways to say what a test is about: two replicas, their edits, a record.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/conflicts/resolve.hpp"

namespace studiosync::testing {

inline ReplicaId replica(char letter) {
  ReplicaId id;
  id.bytes.fill(static_cast<std::uint8_t>(letter));
  return id;
}

inline ChangeId change(std::uint8_t number) {
  ChangeId id;
  id.bytes.back() = number;
  return id;
}

inline Stamp at_ms(std::int64_t unix_ms) {
  return Stamp::at(WallTime{unix_ms});
}

inline Origin origin(char letter, std::uint64_t device_seq, std::int64_t unix_ms) {
  return {replica(letter), DeviceSeq{device_seq}, at_ms(unix_ms)};
}

inline Fields fields(std::string_view canonical_object) {
  return Fields::from_content(canonical_object);
}

// Version `version` of saved query `q`, last written by `by`.
inline Record saved_query(std::uint64_t version, const Origin& by, std::string_view content) {
  Record record;
  record.type = EntityType::saved_query;
  record.id = "q";
  record.rev = {Epoch{1}, Version{version}};
  record.origin = by;
  record.device = DeviceId{"desk"};
  record.content = content;
  return record;
}

// An engine's edit of saved query `q`.
inline Incoming edit(std::uint64_t base, const Origin& by, std::string_view content,
                     std::vector<std::string> changed) {
  Incoming incoming;
  incoming.type = EntityType::saved_query;
  incoming.id = "q";
  incoming.base = Version{base};
  incoming.fields = fields(content);
  incoming.changed = std::move(changed);
  incoming.origin = by;
  incoming.device = DeviceId{"laptop-1"};
  incoming.device_name = "laptop";
  incoming.change = change(1);
  return incoming;
}

inline Incoming deletion(std::uint64_t base, const Origin& by) {
  Incoming incoming = edit(base, by, "{}", {});
  incoming.action = Action::remove;
  incoming.changed.reset();
  return incoming;
}

// The same change as a client sends it that knows of no replicas and no changed fields.
inline Incoming plain(Incoming incoming, std::string_view device) {
  incoming.origin.replica = {};
  incoming.origin.device_seq = {};
  incoming.changed.reset();
  incoming.device = DeviceId{std::string(device)};
  return incoming;
}

// What is stored after the outcome, as the store's commit would have it.
inline Record stored_after(const Record& before, const Outcome& outcome) {
  Record after = outcome.record ? *outcome.record : before;
  after.rev.epoch = before.rev.epoch;
  return after;
}

}  // namespace studiosync::testing
