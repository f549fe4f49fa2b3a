// Which version of a record, and who wrote each of its fields.
#pragma once

#include <compare>
#include <string>
#include <vector>

#include "core/base/fields.hpp"
#include "core/base/ids.hpp"
#include "core/base/sha256.hpp"
#include "core/conflicts/stamp.hpp"
#include "core/schema/entity_type.hpp"

namespace studiosync {

// The identity of a version. Version numbers alone repeat after a restore; with the epoch they do not.
struct Rev {
  Epoch epoch;
  Version version;
  friend auto operator<=>(const Rev&, const Rev&) = default;  // for containers; history orders by version
};

// Who made an edit: a replica's numbered change, at a time.
struct Origin {
  ReplicaId replica;     // nil for a plain HTTP client; then `device` identifies it
  DeviceSeq device_seq;  // 0 for a plain client
  Stamp stamp;
  friend auto operator<=>(const Origin&, const Origin&) = default;
};

// The last change of one field.
struct FieldVersion {
  std::string field;  // present for removed fields too
  Version version;
  Origin origin;
  bool operator==(const FieldVersion&) const = default;
};

// One record as the server's log has it (and as a device remembers it: its shadow).
struct Record {
  EntityType type{};
  std::string id;
  bool deleted = false;
  std::string reason;    // of a tombstone: empty, "private", "expired"
  Rev rev;
  Origin origin;         // of the record's last change
  DeviceId device;       // of the record's last change; for people and the HTTP API
  Seq seq;               // place in the user's log; 0 before it has one
  CommitTime committed;
  std::vector<FieldVersion> field_versions;  // only those that differ from (rev.version, origin); by field
  std::string content;   // canonical JSON object; empty for a tombstone
  bool operator==(const Record&) const = default;

  // The version and origin of one field's last change.
  FieldVersion last_change_of(std::string_view field) const;
};

// What results, digests and the echo rule compare: hash of content (of the empty text for a tombstone).
Hash128 content_hash(const Record& record) noexcept;

}  // namespace studiosync
