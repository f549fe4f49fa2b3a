// The table of rules, and their run.
#include <array>

#include "e2e/checkers/holdings.hpp"
#include "e2e/checkers/invariants.hpp"

namespace studiosync::e2e {
namespace {

namespace j = judging;

struct Rule {
  RuleInfo info;
  j::Invariant run;
};

constexpr std::array table{
    Rule{{"lost-edit",
          "an edit that the server took is current, in a copy, kept with a conflict, or "
          "replaced by somebody who had seen it"},
         j::lost_edit},
    Rule{{"lost-by-device",
          "an edit that was never answered is still on its device, or replaced by "
          "somebody who had seen it"},
         j::lost_by_device},
    Rule{{"lost-local", "what stays on its device is there as its user left it"}, j::lost_local},
    Rule{{"undone-by-redaction",
          "the original of a redacted text stays on the device where it was written"},
         j::undone_by_redaction},
    Rule{{"blind-overwrite", "no value gives way without a conflict to an editor who never saw it"},
         j::blind_overwrite},
    Rule{{"stale-wins", "what an editor saw and replaced does not become current again by itself"},
         j::stale_wins},
    Rule{
        {"unfair-clock",
         "under last-write-wins no edit loses to one made long before it, whatever the clocks say"},
        j::unfair_clock},
    Rule{{"resurrected", "nothing deleted comes back by itself"}, j::resurrected},
    Rule{{"private-survives", "what turned private is nowhere but on its device"},
         j::private_survives},
    Rule{{"applied-twice", "a change has its effect once"}, j::applied_twice},
    Rule{{"answer-changed", "a change that is sent again gets its first answer"},
         j::answer_changed},
    Rule{{"stream-order", "a replica's changes are numbered without a gap"}, j::stream_order},
    Rule{{"base-ahead", "a change is based on a version that its record has had"}, j::base_ahead},
    Rule{{"version-back", "a record's versions rise"}, j::version_back},
    Rule{{"rev-reused", "a version of an epoch has one content, wherever it is met"},
         j::rev_reused},
    Rule{{"two-of-a-key", "what has the same natural key is one record"}, j::two_of_a_key},
    Rule{{"seq-back", "a user's rows get rising places in the log"}, j::seq_back},
    Rule{{"durable", "what anybody was told is on the server's disk, and stays there"}, j::durable},
    Rule{{"cursor-back", "a device reads forward, but for a snapshot, a reset or a restore"},
         j::cursor_back},
    Rule{{"cursor-skipped", "no row lies behind a cursor that its device does not have"},
         j::cursor_skipped},
    Rule{{"diverged", "a device that is synced shows what the server has"}, j::diverged},
    Rule{{"queue-stuck",
          "a device that nothing keeps away is in sync at the end, with nothing left to send"},
         j::queue_stuck},
    Rule{{"unasked-change", "only a user's edit makes a device send something"}, j::unasked_change},
    Rule{{"many-copies", "a losing change leaves one conflicted copy"}, j::many_copies},
    Rule{{"copy-of-copy", "a copy's name is numbered, not nested"}, j::copy_of_copy},
    Rule{{"phantom-conflict", "equal sides are no conflict"}, j::phantom_conflict},
    Rule{{"echo-conflict", "a device has no conflict with its own earlier changes"},
         j::echo_conflict},
    Rule{{"leaked", "no secret and nothing private leaves its device"}, j::leaked},
    Rule{{"foreign", "users never meet each other's texts"}, j::foreign},
};

constexpr auto infos = [] {
  std::array<RuleInfo, table.size()> list{};
  for (std::size_t i = 0; i < list.size(); ++i) list[i] = table[i].info;
  return list;
}();

}  // namespace

std::vector<Violation> check(const History& history) {
  std::vector<Violation> found;
  if (history.empty()) return found;
  const j::Facts facts = j::facts_of(history);
  for (const Rule& rule : table) {
    j::Report report(facts, rule.info.name, found);
    rule.run(facts, report);
  }
  return found;
}

std::span<const RuleInfo> rules() {
  return infos;
}

}  // namespace studiosync::e2e
