// The one place that decides what an incoming change does to a stored record. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/error.hpp"
#include "core/base/fields.hpp"
#include "core/conflicts/version.hpp"
#include "core/schema/registry.hpp"

namespace studiosync {

enum class Action : std::uint8_t { upsert, remove };

// A validated, sanitized change on its way into the log.
struct Incoming {
  EntityType type{};
  std::string id;
  Action action = Action::upsert;
  std::string reason;  // of a delete: empty or reason_private
  Version base;        // the version the editor saw; 0 = it thinks it creates the record
  Epoch base_epoch;    // 0 for plain clients and creations
  Fields fields;       // whole record (engine), or what a plain client sent; empty for a delete
  // Engine: what the user edited; named and absent = removed. A plain client cannot tell.
  std::optional<std::vector<std::string>> changed;
  Origin origin;
  // Of a version that several wrote: the last change of each field. Else all are by `origin`.
  std::vector<FieldVersion> authors;
  // From this number on the replica has a clone, whose changes here are not the editor's own.
  std::optional<DeviceSeq> cloned_from;
  DeviceId device;
  std::string device_name;  // goes into a copy's name
  ChangeId change;          // a copy's and a conflict's id derive from it
};

enum class Status : std::uint8_t {
  applied,
  merged,
  unchanged,
  duplicate,
  conflict,
  held,
  rejected
};
std::string_view to_string(Status status) noexcept;
std::optional<Status> parse_status(std::string_view name) noexcept;

// One side of a conflict, as people see it.
struct Side {
  bool deleted = false;
  std::string content;  // canonical JSON; empty when deleted
  Version version;
  Origin origin;
  DeviceId device;
  std::string device_name;  // of the incoming side: a copy made of it later is named after it
};

// What goes to the archive, and, while open, into the synced conflict record.
struct ConflictCase {
  std::string id;  // derived from the losing change; the same on every retry
  EntityType type{};
  std::string item_id;
  Side local;   // the incoming side
  Side remote;  // the stored side
  Strategy strategy{};
  bool open = false;  // user_choice waits for a decision
};

// What the caller must do, all in one transaction. `record` and `copy` have everything but seq,
// committed and rev.epoch, which the store's commit assigns.
struct Outcome {
  Status status = Status::unchanged;
  std::optional<Record> record;  // replaces the stored one
  std::optional<Record> copy;    // a new record (keep_both)
  std::optional<ConflictCase> conflict;
  std::optional<Error> error;  // with Status::rejected: record_gone; of decide: validation_error
};

// `stored` is null when the id is unknown to the user; a tombstone is a stored record.
// The rules are numbered in the README of this folder.
Outcome resolve(const Record* stored, const Incoming& incoming, Strategy strategy);

// The decision of a person (or of a policy) on an open conflict.
enum class Choice : std::uint8_t { local, remote, keep_both, merged };
std::string_view to_string(Choice choice) noexcept;
std::optional<Choice> parse_choice(std::string_view name) noexcept;

// What `choice` makes of the record as it is stored now: the record that follows, and the copy for
// keep_both, whose id follows from the conflict and its text. `merged` is the person's own text for
// Choice::merged; `as` says who decided, and its edits are ignored. A copy of a type that has none
// is rejected. Nothing is brought back from a private or expired tombstone: unchanged.
Outcome decide(const Record* stored, const ConflictCase& open, Choice choice, const Fields& merged,
               const Incoming& as);

// Ids that no retry and no other device changes: `c-` (`x-`) and 32 hex digits of SHA-256 over the
// change and the purpose.
std::string copy_id(ChangeId change);
std::string conflict_id(ChangeId change);

}  // namespace studiosync
