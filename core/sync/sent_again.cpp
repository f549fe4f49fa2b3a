#include "core/sync/sent_again.hpp"

#include <algorithm>

#include "core/sync/two_histories.hpp"

namespace studiosync {

bool SentAgain::had(const Record& lost) {
  if (!lost.reason.empty()) return false;
  read();
  return std::ranges::binary_search(contents_, Content{lost.type, lost.id, content_hash(lost)});
}

bool SentAgain::knew(const Record& lost) {
  read();
  const auto first = std::ranges::lower_bound(contents_, Content{lost.type, lost.id, Hash128{}});
  return first != contents_.end() && std::get<EntityType>(*first) == lost.type &&
         std::get<std::string>(*first) == lost.id;
}

bool SentAgain::has(const Record& lost, const FieldVersion& change) {
  // A result tells the record's stamp, which may have been raised above the edit's own.
  const Origin& whole = lost.origin;
  const bool last =
      change.origin.replica == whole.replica && change.origin.device_seq == whole.device_seq;
  return has(change.origin) || (last && has(whole));
}

bool SentAgain::has_since(const Origin& change) {
  read();
  return std::ranges::binary_search(since_, Place{change.replica, change.device_seq});
}

std::optional<DeviceSeq> SentAgain::first_of(const ReplicaId& replica) {
  read();
  const auto first = first_.find(replica);
  if (first == first_.end()) return std::nullopt;
  return first->second;
}

bool SentAgain::has(const Origin& change) {
  read();
  return std::ranges::binary_search(places_, change);
}

void SentAgain::note_first(const ReplicaId& replica, DeviceSeq seq) {
  const auto [first, fresh] = first_.emplace(replica, seq);
  if (!fresh) first->second = std::min(first->second, seq);
}

void SentAgain::read() {
  if (read_) return;
  read_ = true;
  const Epochs epochs = log_.epochs();
  log_.each_applied([&](const AppliedChange& change) {
    const bool taken = change.status != Status::rejected && change.status != Status::held;
    if (!taken) return;
    const bool since = began_beyond(epochs, change.rev.epoch, fork_);
    if (!change.replica.nil()) {
      places_.push_back({change.replica, change.device_seq, change.stamp});
      if (since) since_.emplace_back(change.replica, change.device_seq);
      if (since) note_first(change.replica, change.device_seq);
    }
    if (change.content != Hash128{} && since) {
      contents_.emplace_back(change.type, change.item_id, change.content);
    }
  });
  std::ranges::sort(places_);
  std::ranges::sort(since_);
  std::ranges::sort(contents_);
}

}  // namespace studiosync
