#include "core/conflicts/deletes.hpp"

#include <optional>
#include <utility>

#include "core/base/zoo.hpp"
#include "core/conflicts/strategies.hpp"

namespace studiosync {
namespace {

// Of a record that is gone already. Turning private goes further than deleting: an ordinary
// tombstone lets a late edit bring the record back.
Outcome delete_again(const Record& tombstone, const Incoming& incoming) {
  if (incoming.reason != reason_private || tombstone.reason == reason_private) return {};
  return applied(buried(tombstone, incoming));
}

// The latest change that the deleter had not seen; nothing when it had seen all.
std::optional<Origin> newest_unseen(const History& stored, const Incoming& incoming) {
  std::optional<Origin> newest;
  for (const FieldVersion& change : stored.last_changes()) {
    if (has_seen(incoming, change)) continue;
    if (!newest || newer(change.origin, *newest)) newest = change.origin;
  }
  return newest;
}

// Whether the record is what it is because it survived this very delete.
bool survived_already(const History& stored, const Incoming& incoming) {
  return stored.last_change(any_field).origin == authored(incoming.origin, incoming.device);
}

// The delete of something that others edited meanwhile.
Outcome delete_edited(const History& stored, const Incoming& incoming, const Origin& newest,
                      Strategy strategy) {
  if (strategy == Strategy::user_choice) return user_choice(stored, incoming);
  Outcome outcome = settled(stored, incoming, strategy);
  if (strategy != Strategy::last_write_wins) {
    if (!survived_already(stored, incoming)) outcome.record = survived(stored, incoming);
  } else if (newer(authored(incoming.origin, incoming.device), newest)) {
    outcome.record = buried(stored.record(), incoming);
  }
  return outcome;
}

}  // namespace

Outcome delete_record(const Record& stored, const Incoming& incoming, Strategy strategy) {
  if (stored.deleted) return delete_again(stored, incoming);
  const History history(stored);
  const std::optional<Origin> newest = newest_unseen(history, incoming);
  if (SS_ZOO(delete_checks_no_version)) return applied(buried(stored, incoming));
  if (!newest || incoming.reason == reason_private) return applied(buried(stored, incoming));
  return delete_edited(history, incoming, *newest, strategy);
}

Outcome edit_deleted(const Record& tombstone, const Incoming& incoming, Strategy strategy) {
  const History history(tombstone);
  const FieldVersion deletion = history.last_change(any_field);
  Record again = recreated(tombstone, incoming, whole_record(incoming, {}));
  // A base of 0 creates anew: whoever knows of no record cannot be told that it is gone.
  if (SS_ZOO(stale_upsert_clears_a_tombstone)) return applied(std::move(again));
  if (!incoming.base || has_seen(incoming, deletion)) return applied(std::move(again));
  if (strategy == Strategy::user_choice) return user_choice(history, incoming);
  Outcome outcome = settled(history, incoming, strategy);
  const bool later = newer(authored(incoming.origin, incoming.device), deletion.origin);
  if (strategy != Strategy::last_write_wins || later) outcome.record = std::move(again);
  return outcome;
}

bool absorbing(const Record& record) noexcept {
  if (SS_ZOO(private_tombstones_give_way)) return false;
  return record.deleted && (record.reason == reason_private || record.reason == reason_expired);
}

}  // namespace studiosync
