// Whether what a user wrote is still somewhere, or gave way to somebody who had seen it.
#pragma once

#include "e2e/checkers/facts.hpp"

namespace studiosync::e2e::judging {

class Survival {
 public:
  // The facts must outlive it.
  explicit Survival(const Facts& facts) : facts_(facts) {}

  // Whether a field's value of an edit is accounted for at the end.
  bool accounted(Index edit, const FieldChange& change) const { return accounted(edit, change, 0); }

  // Whether the record turned private or expired since, which takes every text away.
  bool absorbed(const Edit& edit) const;

  // Whether nobody could give the server back what a restore took from it: every device that knew
  // this version of the record was itself set back, revoked, or has set its database aside.
  bool forgotten_by_all(RecordNo record, Version version, Index restore) const;

 private:
  bool put_aside(RecordNo record, Version version, const Learned& learned) const;
  bool absorbed_then(const RecordFacts& record, Index moment) const;
  bool withdrawn_since(const Edit& edit) const;
  bool given_back_upon(const RecordFacts& record, const Commit& tombstone) const;
  bool accounted(Index edit, const FieldChange& change, int depth) const;
  template <class Holds>
  bool of_it_or_a_copy(const Edit& edit, const Holds& holds) const;
  template <class Holds>
  bool of_a_copy(const RecordFacts& record, const Holds& holds) const;
  bool held(const RecordFacts& record, FieldNo field, ValueNo value) const;
  bool held_in_copy(const RecordFacts& record, FieldNo field, ValueNo value) const;
  bool expired_from_archive(const RecordFacts& record, FieldNo field, ValueNo value) const;
  bool present(const Edit& edit, FieldNo field, ValueNo value) const;
  Index written_at(const Edit& edit) const;
  Index version_at(const RecordFacts& record, const Rev& rev, Index event) const;
  Index known_version(const RecordFacts& record, const Freeze& freeze) const;
  bool found_unchanged(const Edit& edit) const;
  std::vector<Index> met(const Edit& edit) const;
  bool repeats(const Edit& edit, const Edit& other, FieldNo field, ValueNo value) const;
  Index first_of_same(Index edit, FieldNo field, ValueNo value) const;
  bool sent_as_delete(const Edit& edit) const;
  bool replaced_since(Index since, Index edit, FieldNo field, ValueNo value, int depth) const;
  bool superseded(Index edit, FieldNo field, ValueNo value, int depth) const;
  bool takes_back(Index edit, FieldNo field) const;
  bool replaces(Index edit, FieldNo field, ValueNo value, int depth) const;
  const Content& written(Index commit) const;
  std::optional<ValueNo> as_stored(const Edit& edit, const FieldChange& change) const;
  std::optional<ValueNo> as_seen_redacted(const Edit& edit, const FieldChange& change) const;
  bool archived_before_restore(const RecordFacts& record, const FieldChange& change) const;
  bool maybe_withdrawn(const Commit& lost) const;
  bool taken_back_here_and_there(const Edit& edit) const;
  bool refused(const Edit& edit, const FieldChange& change) const;
  bool excused(const Edit& edit, const FieldChange& change) const;

  const Facts& facts_;
};

}  // namespace studiosync::e2e::judging
