#include "e2e/checkers/lines.hpp"

namespace studiosync::e2e::judging {
namespace {

class Lines {
 public:
  explicit Lines(Facts& facts) : facts_(facts), tied_(facts.records.size()) {
    for (Index at = 0; at < facts_.records.size(); ++at) {
      facts_.records[at].line = static_cast<RecordNo>(at);
    }
  }

  void run() {
    for (const RecordNo copy : facts_.copies) {
      for (const Index at : facts_.record(copy).commits) tie_to_maker(copy, facts_.commits[at]);
    }
    for (const Ack& ack : facts_.acks) {
      if (ack.what->copy_id.empty()) continue;
      const auto copy = facts_.find(ack.what->user, ack.what->type, ack.what->copy_id);
      if (copy) tie(*copy, ack.record);
    }
    for (RecordFacts& record : facts_.records) record.line = first_of(record.line);
    mark_strays();
  }

 private:
  // The change that wrote it was one of the record that it is a copy of; later ones are its own.
  void tie_to_maker(RecordNo copy, const Commit& commit) {
    if (commit.change == none) return;
    const Change& change = facts_.changes[commit.change];
    for (const Index at : change.freezes) tie(copy, facts_.freezes[at].record);
    for (const Index at : change.acks) tie(copy, facts_.acks[at].record);
  }

  void tie(RecordNo copy, RecordNo made_of) {
    if (copy == made_of) return;
    tied_[index(copy)] = true;
    facts_.record(first_of(copy)).line = first_of(made_of);
  }

  RecordNo first_of(RecordNo record) const {
    while (facts_.record(record).line != record) record = facts_.record(record).line;
    return record;
  }

  // What a person's decision made, or what was made where nobody looked, may be a copy of anything.
  void mark_strays() {
    std::vector<bool> stray(facts_.records.size());
    for (const RecordNo copy : facts_.copies) {
      const RecordFacts& record = facts_.record(copy);
      if (!tied_[index(copy)] && !made_by_its_user(record)) stray[index(record.line)] = true;
    }
    for (RecordFacts& record : facts_.records) record.stray = stray[index(record.line)];
  }

  // It is only called as copies are: nobody edits a copy before there is one to be seen.
  bool made_by_its_user(const RecordFacts& record) const {
    if (record.edits.empty()) return false;
    const Edit& first = facts_.edits[record.edits.front()];
    return !first.deletes() && first.what->before.empty();
  }

  Facts& facts_;
  std::vector<bool> tied_;  // by record
};

}  // namespace

void draw_lines(Facts& facts) {
  Lines(facts).run();
}

}  // namespace studiosync::e2e::judging
