// What came to a restored server without being given back: authors who had no answer from the lost
// history sent their changes to this one as well, and went on from there.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "core/conflicts/history.hpp"
#include "core/sync/user_log.hpp"

namespace studiosync {

// What a change made of its fields, those that it names or all that a creation has, as a Bloom
// filter (Bloom 1970): a later version has the part of it that nobody wrote over. Empty for a
// delete. An edit that was not in it passes for one of it with a chance of 10^-8 beside three
// fields and 10^-3 beside eight; it would have to be a clone's, of the same record and the same
// moment.
Hash128 filter_of_edits(const Incoming& change);

// Lives inside one transaction; reads the log when it is asked for the first time.
class SentAgain {
 public:
  // Of the history since the fork.
  SentAgain(UserReader& log, Seq fork) : log_(log), fork_(fork) {}

  // Whether the record was here what `lost` is, whoever made it so: there is nothing in it that was
  // not seen, or kept with a conflict, when it was changed. Not for what was withdrawn.
  bool had(const Record& lost);
  // Whether anybody stored a record under the id of `lost`.
  bool knew(const Record& lost);
  // Whether the last change of a field of `lost` was made here, too: by its place, or in a new
  // stream of its author's by what it made of the record. Stamps are compared: a clone of the
  // replica gives the same number to another change. Where a clock was corrected in between it may
  // say no: a conflict with oneself is better than a lost edit.
  bool has(const History& lost, const FieldVersion& change);
  // Whether a replica sent a change under this number since the fork. Clones of it apart, that is
  // the change that the lost history has under the number.
  bool has_since(const Origin& change);
  // The first number under which a replica sent a change to this history. Nobody who had an answer
  // from the lost history goes on in the same stream, and who had none edited a record no further:
  // beside a later number of the lost history it is a clone's.
  std::optional<DeviceSeq> first_of(const ReplicaId& replica);
  // Whether a change of the lost history is a clone's by that, or by another one that was refused
  // here under its number.
  bool is_of_a_clone(const Origin& lost);

 private:
  using Content = std::tuple<EntityType, std::string, Hash128>;
  using Place = std::pair<ReplicaId, DeviceSeq>;
  using Edits = std::tuple<EntityType, std::string, Stamp, Hash128>;

  void read();
  bool has(const Origin& change);
  bool refused_another(const Origin& lost) const;
  void note_first(const ReplicaId& replica, DeviceSeq seq);

  UserReader& log_;
  const Seq fork_;
  bool read_ = false;
  std::vector<Origin> places_;     // sorted
  std::vector<Origin> refused_;    // sorted
  std::vector<Place> since_;       // of changes made since the fork; sorted
  std::vector<Content> contents_;  // sorted
  std::vector<Edits> edits_;       // sorted
  std::map<ReplicaId, DeviceSeq> first_;
};

}  // namespace studiosync
