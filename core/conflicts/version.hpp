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

// The identity of a version: after a restore version numbers repeat, and only the epoch differs.
struct Rev {
  Epoch epoch;
  Version version;
  // For containers; history orders by version.
  friend auto operator<=>(const Rev&, const Rev&) = default;
};

// Who made an edit: a replica's numbered change, at a time.
struct Origin {
  ReplicaId replica;     // nil for a plain HTTP client; then `device` identifies it
  DeviceSeq device_seq;  // 0 for a plain client
  Stamp stamp;
  friend auto operator<=>(const Origin&, const Origin&) = default;
};

// The author of an edit as field versions name it: the replica, or, for a plain client, one derived
// from its device, so that a field's author is known after others wrote the record. Never nil.
ReplicaId author_of(const Origin& origin, const DeviceId& device) noexcept;

// The last change of one field.
struct FieldVersion {
  std::string field;
  Version version;
  Origin origin;  // replica as author_of; nil for a value that a merge made: nobody has seen it yet
  bool operator==(const FieldVersion&) const = default;
};

// The name of an entry that dates every field with neither a value nor an entry: written when a
// record is re-created or survives a delete, so that no edit from before slips in an absent field.
inline constexpr std::string_view any_field = "";

// Why a tombstone came to be, where it was not an ordinary delete. Both are absorbing: nothing
// brings the record back.
inline constexpr std::string_view reason_private = "private";
inline constexpr std::string_view reason_expired = "expired";

// One record as the server's log has it (and as a device remembers it: its shadow).
struct Record {
  EntityType type{};
  std::string id;
  bool deleted = false;
  std::string reason;  // of a tombstone: empty, or one of the above
  Rev rev;
  Origin origin;    // of the record's last change
  DeviceId device;  // of the record's last change; for people and the HTTP API
  Seq seq;          // place in the user's log; 0 before it has one
  CommitTime committed;
  // By field. Of fields with a value only those that differ from (rev.version, origin); all removed
  // fields; and any_field.
  std::vector<FieldVersion> field_versions;
  std::string content;  // canonical JSON object; empty for a tombstone
  bool operator==(const Record&) const = default;

  // The version and origin of one field's last change; version 0 for a field that never was there.
  FieldVersion last_change_of(std::string_view field) const;
};

// What results, digests and the echo rule compare: the hash of the content, which of a tombstone is
// the empty text.
Hash128 content_hash(const Record& record) noexcept;

}  // namespace studiosync
