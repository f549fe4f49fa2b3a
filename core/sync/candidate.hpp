// A change as it is decided about, whichever kind of client sent it: read, and without credentials.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/sync/admission.hpp"
#include "core/sync/apply.hpp"

namespace studiosync {

struct Candidate {
  std::string change_text;  // as results name it
  ChangeId change;
  Hash128 payload{};  // see AppliedChange
  std::string type_text;
  EntityType type{};
  std::string item_id;
  Action action = Action::upsert;
  std::string reason;
  Version base;
  Epoch base_epoch;
  std::optional<std::vector<std::string>> changed;
  std::optional<RedactedData> data;  // of a valid upsert
  std::string sent;                  // the same, canonical
  bool redacted = false;             // what arrived held more
  Origin origin;
  std::optional<DeviceSeq> cloned_from;  // see Incoming
  std::optional<Error> invalid;          // with the path
  bool confirmed = false;                // a person agreed to a mass delete
  bool partial = false;                  // a plain client's update: absent keys are unchanged
};

// `$.changes[3]`.
std::string change_path(std::size_t index);

// The names of the change are screened, too: of an invalid one nothing may be repeated, stored or
// hashed that holds a credential. Only a delete of a record that `log` knows may name it by one:
// there is no other way to be rid of it.
//
// A replica's change keeps its numbers only: its texts and its data go into the candidate.
Candidate candidate_from(UserTxn& log, PushChange& change, std::size_t index, const Author& author,
                         Stamp stamp);
Candidate candidate_from(UserTxn& log, const PlainChange& change, std::size_t index,
                         const Author& author, Stamp stamp);

}  // namespace studiosync
