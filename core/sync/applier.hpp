// Decides and writes the changes of one push or upload, one after another.
#pragma once

#include <optional>
#include <vector>

#include "core/sync/apply.hpp"
#include "core/sync/candidate.hpp"
#include "core/sync/delete_breaker.hpp"
#include "core/sync/log_writer.hpp"

namespace studiosync {

// A change that is refused leaves no trace but its result. Lives for one transaction, with whatever
// thread owns the UserTxn; `log` and `author` must outlive it.
class Applier {
 public:
  // `read`: how far a replica has read the log. `changes`: how many are to come.
  Applier(UserTxn& log, const Author& author, const ApplyContext& context, Seq read,
          std::size_t changes);

  // The error of change `index` once the push has had as much effect as one may have, or its answer
  // is as long as one may be: a result that the device cannot receive is asked for again for ever.
  std::optional<Error> refuse_rest(std::size_t index) const;

  void apply(Candidate candidate, std::size_t index);
  // The same change again: the first answer, and what is stored now.
  void repeat(const Candidate& candidate, const AppliedChange& first);
  // The same change at its place in another replica's stream, where a retry will ask for it.
  void adopt(const Candidate& candidate, AppliedChange first);
  // Its id was used for another change.
  void refuse_id(const Candidate& candidate, std::size_t index);

  Applied finish();

 private:
  UserTxn& log() { return writer_.log(); }
  WallTime now() const { return writer_.now(); }
  bool plain() const { return author_.replica.nil(); }

  Result<Incoming> admit_change(Candidate& candidate, std::size_t index);
  // Whether it is a change that was taken back after a restore, and had its `outcome` then.
  bool was_decided(const Record* stored, const Incoming& incoming, const Outcome& outcome);
  Outcome meet_stored(const Record* stored, Incoming& incoming);
  void decide(Incoming& incoming, const Candidate& candidate, std::size_t index,
              ChangeResult& result);
  LogWriter::Written write(Outcome& outcome, const Incoming& incoming);
  bool must_be_confirmed(const std::optional<Record>& stored, const Outcome& outcome,
                         const Candidate& candidate);
  // `met` is what was stored before, `now` what is.
  void tell(const std::optional<Record>& met, const std::optional<Record>& now,
            const Candidate& candidate, ChangeResult& result);
  void remember(const Candidate& candidate, const ChangeResult& result);
  void keep(ChangeResult result);
  // What a result names besides its record. For replicas: plain clients download it.
  void repeat_beside(EntityType type, const std::string& id);
  void repeat_unread_conflicts(EntityType type, const std::string& id);
  void repeat_row(Record row);

  LogWriter writer_;
  const Author& author_;
  const Seq read_;
  const Seq head_;  // before anything of this push was written
  DeleteBreaker breaker_;
  std::vector<ChangeResult> results_;
  std::vector<Record> repeated_;
  std::size_t answer_bytes_ = 0;
};

}  // namespace studiosync
