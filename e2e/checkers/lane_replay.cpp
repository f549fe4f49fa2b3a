#include "e2e/checkers/lane_replay.hpp"

#include <algorithm>
#include <utility>

namespace studiosync::e2e::judging {
namespace {

template <class T>
void add_once(std::vector<T>& list, const T& item) {
  if (std::ranges::find(list, item) == list.end()) list.push_back(item);
}

void append(std::vector<Index>& list, const std::vector<Index>& more) {
  list.insert(list.end(), more.begin(), more.end());
}

struct LastMade {
  ValueNo value{};
  Index event = 0;
};

// What edits of one record have made of it, in the order in which they were made.
std::map<FieldNo, LastMade> made_by(const Facts& facts, std::vector<Index> edits) {
  std::ranges::sort(edits);
  std::map<FieldNo, LastMade> made;
  for (const Index at : edits) {
    const Edit& edit = facts.edits[at];
    for (const FieldChange& change : edit.changes) made[change.field] = {change.to, edit.event};
  }
  return made;
}

// The sessions that a message was ever said to belong to, by their ids.
std::vector<std::string_view> sessions_of(Facts& facts, RecordNo message) {
  const FieldNo field = facts.contents.field("session_id");
  std::vector<std::string_view> sessions;
  const auto look = [&](const Content& content) {
    const ValueNo session = content.value(field);
    if (session != ValueNo::absent) sessions.push_back(unquoted(facts.contents.text(session)));
  };
  for (const Index at : facts.record(message).edits) {
    look(*facts.edits[at].before);
    look(*facts.edits[at].after);
  }
  for (const Index at : facts.record(message).commits) look(*facts.commits[at].content);
  return sessions;
}

// Whether the last that was done with the record here, before an edit, was a delete.
bool made_over_own_delete(const Facts& facts, Index edit) {
  const Edit& made = facts.edits[edit];
  const Edit* last = nullptr;
  for (const Index at : facts.record(made.record).edits) {
    const Edit& other = facts.edits[at];
    if (other.lane == made.lane && at < edit) last = &other;
  }
  return last != nullptr && last->deletes();
}

}  // namespace

void LaneReplay::edited(Facts& facts, Index edit) {
  const Edit& made = facts.edits[edit];
  taken_along_.clear();
  if (!made.deletes() && made.what->before.empty()) leave_deleted(facts, made.record);
  take_seen(facts, made.record, *made.before);
  perhaps_taken_along_.erase(made.record);
  if (made.deletes()) deleting_.insert(made.record);
  waiting_[made.record].push_back(edit);
  if (made.deletes() && made.what->type == EntityType::ai_session) {
    deleted_sessions_.insert(made.record);
  }
}

// The server's version that the device knows.
const Commit* LaneReplay::server_version(const Facts& facts, RecordNo record) const {
  const auto known = known_.find(record);
  if (known == known_.end()) return nullptr;
  const auto& commits = facts.record(record).commits;
  const auto found = std::ranges::find(commits, known->second,
                                       [&](Index at) { return facts.commits[at].row().rev; });
  return found == commits.end() ? nullptr : &facts.commits[*found];
}

// Of what was refused before, an edit takes along what it was written upon: what the record showed.
// The other texts, in whose place the user saw nothing or what others wrote, are on the list only.
void LaneReplay::take_seen(Facts& facts, RecordNo record, const Content& shown) {
  const Edits refused = std::exchange(refused_[record], {});
  if (refused.empty()) return;
  Edits& waiting = waiting_[record];
  Edits unanswered = refused;
  append(unanswered, waiting);
  const auto last = made_by(facts, unanswered);
  const Commit* others = server_version(facts, record);
  const auto shows = [&](const FieldChange& change) {
    return shown.value(change.field) == last.at(change.field).value;
  };
  const auto news = [&](const FieldChange& change) {
    const ValueNo mine = last.at(change.field).value;
    return others == nullptr || others->content->value(change.field) != mine;
  };
  const auto written_over = [&](const FieldChange& change) {
    return !shows(change) || (!news(change) && others->event > last.at(change.field).event);
  };
  Edits seen;
  for (const Index at : refused) {
    const Edit& edit = facts.edits[at];
    const bool any = edit.deletes() || std::ranges::any_of(edit.changes, [&](const auto& change) {
                       return shows(change) && news(change);
                     });
    (any && !shown.fields().empty() ? seen : listed_[record]).push_back(at);
    for (const FieldChange& change : edit.changes) {
      if (written_over(change)) leave_behind(facts.edits[at], change.field);
    }
  }
  waiting.insert(waiting.begin(), seen.begin(), seen.end());
}

// What is written next does not go upon this field of a refused edit: of the changes so far the
// list has the only copy.
void LaneReplay::leave_behind(Edit& edit, FieldNo field) {
  const bool first = edit.left_behind.insert(field).second;
  if (first) only_listed_.insert(edit.carriers.begin(), edit.carriers.end());
}

// The user's delete has happened, or he makes the record anew over it: the refused texts that it
// showed go with it.
void LaneReplay::leave_deleted(const Facts& facts, RecordNo record) {
  if (deleting_.erase(record) == 0) return;
  std::erase_if(rejected_, [&](Index change) {
    return facts.acks[facts.changes[change].acks.front()].record == record &&
           !only_listed_.contains(change);
  });
}

// The fields of refused edits go along with the next one, or with one that is tried again.
LaneReplay::Edits LaneReplay::take(RecordNo record) {
  if (waiting_[record].empty()) return {};
  Edits taken = std::exchange(refused_[record], {});
  append(taken, std::exchange(waiting_[record], {}));
  return taken;
}

// Whether it is the delete of a message that went along with its session. Of one that nobody says
// the session of, any that was deleted may be it.
bool LaneReplay::went_with_its_session(Facts& facts, const Freeze& freeze) const {
  const bool message = freeze.what->type == EntityType::ai_message;
  if (!message || freeze.what->action != Action::remove || deleted_sessions_.empty()) return false;
  const std::vector<std::string_view> named = sessions_of(facts, freeze.record);
  return named.empty() || std::ranges::any_of(named, [&](std::string_view id) {
           const std::string_view user = facts.record(freeze.record).user;
           const auto session = facts.find(user, EntityType::ai_session, id);
           return session && deleted_sessions_.contains(*session);
         });
}

void LaneReplay::froze(Facts& facts, Index at) {
  Freeze& freeze = facts.freezes[at];
  Change& change = facts.changes[freeze.change];
  taken_along_.clear();
  // The same change at a new place: the replica began anew.
  const bool again = change.freezes.size() > 1;
  const bool here = travelling_.contains(freeze.change);
  if (!here) travelling_[freeze.change] = again ? change.edits : take(freeze.record);
  const Edits perhaps = std::exchange(perhaps_taken_along_[freeze.record], {});
  if (travelling_[freeze.change].empty()) travelling_[freeze.change] = perhaps;
  const Edits& carried = travelling_[freeze.change];
  for (const Index edit : carried) {
    add_once(change.edits, edit);
    add_once(facts.edits[edit].carriers, freeze.change);
  }
  const bool retried = retried_.erase(freeze.record) != 0;
  freeze.wanted =
      again || here || retried || !carried.empty() || went_with_its_session(facts, freeze);
}

// Whether the device knows a new tombstone that nothing brings back.
bool LaneReplay::learned(const Facts& facts, RecordNo record, const Rev& rev) {
  known_[record] = rev;
  const std::vector<Index>& commits = facts.record(record).commits;
  const bool withdrawn = std::ranges::any_of(commits, [&](Index at) {
    const Record& written = facts.commits[at].row();
    return written.rev == rev && absorbing(written);
  });
  if (!withdrawn) withdrawn_.erase(record);
  if (!withdrawn || std::exchange(withdrawn_[record], rev) == rev) return false;
  taken_along_.try_emplace(record);
  return true;
}

// Whether the user made the record anew that the device was last told to be live: a tombstone came
// in between, with the answer to what was given back, which no event tells of.
bool LaneReplay::knew_it_gone(const Facts& facts, RecordNo record) const {
  const auto known = known_.find(record);
  const auto waiting = waiting_.find(record);
  if (known == known_.end() || waiting == waiting_.end() || waiting->second.empty()) return false;
  const Index first = waiting->second.front();
  if (!facts.edits[first].what->before.empty() || made_over_own_delete(facts, first)) return false;
  return std::ranges::any_of(facts.record(record).commits, [&](Index at) {
    const Record& written = facts.commits[at].row();
    return written.rev == known->second && !written.deleted;
  });
}

// A tombstone for good takes along what was edited upon it; not where it comes as an answer.
void LaneReplay::stored(const Facts& facts, RecordNo record, const Moved::Row& row) {
  const bool anew = knew_it_gone(facts, record);
  if (!learned(facts, record, row.rev) || !row.seq || anew) return;
  retried_.erase(record);
  // One that the device may have known before has taken nothing along then.
  if (unsure_.erase(record) != 0) perhaps_taken_along_[record] = waiting_[record];
  append(taken_along_[record], std::exchange(waiting_[record], {}));
}

void LaneReplay::crashed() {
  for (const auto& [record, edits] : taken_along_) {
    withdrawn_.erase(record);
    append(waiting_[record], edits);
    unsure_.insert(record);
  }
  taken_along_.clear();
}

// A repeated answer tells what is stored by now.
void LaneReplay::told(const Facts& facts, const Ack& ack) {
  const Index current = facts.record(ack.record).current;
  const bool repeated = ack.what->status == Status::duplicate && current != none;
  learned(facts, ack.record, repeated ? facts.commits[current].row().rev : ack.what->rev);
}

// What was refused stays with the user. What the server asks for once more waits for its next
// place, unless there is nothing left that it could be about.
void LaneReplay::refused(const Ack& ack, const Edits& edits) {
  const bool anew = ack.what->error == ErrorCode::resync_required;
  if (anew && withdrawn_.contains(ack.record)) return;
  if (!anew) rejected_.insert(ack.change);
  Edits& back = anew ? waiting_[ack.record] : refused_[ack.record];
  back.insert(back.begin(), edits.begin(), edits.end());
}

bool LaneReplay::on_the_list(const Facts& facts, Index edit) const {
  return std::ranges::any_of(facts.edits[edit].carriers,
                             [&](Index change) { return rejected_.contains(change); });
}

// With the next change of the record these edits do not go along any more, but where one waits, or
// one that is tried again: that takes along all that was refused.
void LaneReplay::leave_list(const Decision& decision, const Edits& edits) {
  const auto gone = [&](Index edit) { return std::ranges::find(edits, edit) != edits.end(); };
  std::erase_if(listed_[decision.record], gone);
  if (waiting_[decision.record].empty()) std::erase_if(refused_[decision.record], gone);
}

// What did not go along with later changes was in the earlier ones only.
void LaneReplay::give_up_left_behind(Facts& facts, const Edits& edits) const {
  for (const Index at : edits) {
    Edit& edit = facts.edits[at];
    edit.left_given_up = std::ranges::none_of(edit.carriers, [&](Index change) {
      return rejected_.contains(change) && only_listed_.contains(change);
    });
  }
}

void LaneReplay::decided(Facts& facts, const Decision& decision) {
  rejected_.erase(decision.change);
  Edits edits = facts.changes[decision.change].edits;
  if (decision.what == Decided::What::retried) {
    leave_list(decision, edits);
    const bool all_again = only_listed_.contains(decision.change);
    if (all_again) {
      for (const Index edit : edits) facts.edits[edit].left_behind.clear();
    }
    Edits& waiting = waiting_[decision.record];
    waiting.insert(waiting.begin(), edits.begin(), edits.end());
    if (decision.shown != nullptr) take_seen(facts, decision.record, *decision.shown);
    retried_.insert(decision.record);
    return;
  }
  const bool discards = decision.what == Decided::What::discarded;
  if (discards && only_listed_.contains(decision.change)) give_up_left_behind(facts, edits);
  std::erase_if(edits, [&](Index edit) { return on_the_list(facts, edit); });
  leave_list(decision, edits);
  if (!discards) return;
  for (const Index edit : edits) {
    if (facts.edits[edit].lane == decision.lane) facts.edits[edit].given_up = decision.event;
  }
}

void LaneReplay::answered(Facts& facts, Index at) {
  const Ack& ack = facts.acks[at];
  const auto travelling = travelling_.find(ack.change);
  const Edits edits = travelling == travelling_.end() ? Edits{} : std::move(travelling->second);
  if (travelling != travelling_.end()) travelling_.erase(travelling);
  if (!ack.accepted()) return refused(ack, edits);
  told(facts, ack);
  for (const Index edit : edits) {
    if (facts.edits[edit].accepted == none) facts.edits[edit].accepted = at;
    if (facts.edits[edit].deletes()) leave_deleted(facts, ack.record);
  }
  if (ack.what->copy_id.empty()) return;
  const auto copy = facts.find(ack.what->user, ack.what->type, ack.what->copy_id);
  if (!copy || *copy == ack.record) return;
  // The user was looking at the text that became the copy: what waits goes on there.
  Edits waiting = std::exchange(waiting_[ack.record], {});
  for (const Index edit : edits) add_once(facts.edits[edit].copies, *copy);
  for (const Index edit : waiting) add_once(facts.edits[edit].copies, *copy);
  append(waiting_[*copy], waiting);
}

}  // namespace studiosync::e2e::judging
