#include "core/sync/retention.hpp"

#include <set>

#include "core/protocol/codec.hpp"
#include "core/sync/log_writer.hpp"
#include "core/sync/server_delete.hpp"

namespace studiosync {
namespace {

using Items = std::set<std::pair<EntityType, std::string>>;

std::optional<ConflictView> view_of(UserTxn& log, const std::string& id) {
  const auto record = log.find(EntityType::conflict, id);
  if (!record || record->deleted) return std::nullopt;
  auto view = conflict_from_content(id, record->content);
  return view ? std::optional(std::move(*view)) : std::nullopt;
}

Items with_open_conflict(UserTxn& log) {
  Items items;
  for (const std::string& id : log.conflict_ids(false)) {
    if (const auto view = view_of(log, id)) {
      items.emplace(view->conflict.type, view->conflict.item_id);
    }
  }
  return items;
}

bool favourite(const Record& record) {
  const Fields fields = Fields::from_content(record.content);
  const std::string* value = fields.find("favorite");
  return value != nullptr && *value == "true";
}

// One step for one user.
class Tidying {
 public:
  Tidying(UserTxn& log, const RetentionRules& rules, const ApplyContext& context,
          std::size_t rows_max)
      : writer_(log, context), log_(log), rules_(rules), now_(context.now), rows_max_(rows_max) {}

  void expire_history(RetentionPlace& place) {
    if (rules_.history.count == 0) return;
    if (!place.excess) place.excess = beyond_the_newest();
    const auto page = log_.live_page(EntityType::query_history, place.history, rows_max_);
    if (page.empty()) return;
    const Items kept = with_open_conflict(log_);
    for (const Record& record : page) {
      const bool beyond = *place.excess > 0;
      if (!beyond && record.committed >= before(rules_.history)) return;  // younger ones follow
      if (beyond) --*place.excess;
      place.history = record.seq;
      if (favourite(record) || kept.contains({record.type, record.id})) continue;
      bury(record, reason_expired);
    }
    more_ = more_ || page.size() == rows_max_;
  }

  void forget_resolved_conflicts() {
    std::size_t looked_at = 0;
    for (const std::string& id : log_.conflict_ids(true)) {
      const auto record = log_.find(EntityType::conflict, id);
      const auto view = view_of(log_, id);
      if (!record || !view || !view->resolved) continue;
      if (record->committed >= before(rules_.conflicts)) continue;
      if (++looked_at > rows_max_) {
        more_ = true;
        return;
      }
      bury(*record, {});
      log_.conflict_forgotten(id);
    }
  }

  void remove_what_is_old() {
    note(log_.drop_archive(before(rules_.conflicts), rows_max_));
    note(log_.forget_results(before(rules_.results), rows_max_));
    note(log_.collect_tombstones(before(rules_.tombstones), rows_max_));
  }

  RetentionStep finish() { return {writer_.finish(), more_}; }

 private:
  std::uint64_t beyond_the_newest() {
    const std::uint64_t live = log_.live(EntityType::query_history);
    const bool bounded = rules_.history_rows > 0 && live > rules_.history_rows;
    return bounded ? live - rules_.history_rows : 0;
  }

  CommitTime before(Millis age) const { return to_commit_time(now_ - age); }

  void bury(const Record& record, std::string_view reason) {
    Record tombstone = deleted_by_server(record, reason, now_);
    writer_.put(tombstone);
  }

  void note(std::size_t removed) { more_ = more_ || removed == rows_max_; }

  LogWriter writer_;
  UserTxn& log_;
  const RetentionRules& rules_;
  const WallTime now_;
  const std::size_t rows_max_;
  bool more_ = false;
};

}  // namespace

RetentionStep apply_retention(UserTxn& log, const RetentionRules& rules, RetentionPlace& place,
                              const ApplyContext& context, std::size_t rows_max) {
  Tidying tidying(log, rules, context, rows_max);
  tidying.expire_history(place);
  tidying.forget_resolved_conflicts();
  tidying.remove_what_is_old();
  return tidying.finish();
}

}  // namespace studiosync
