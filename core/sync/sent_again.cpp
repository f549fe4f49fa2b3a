#include "core/sync/sent_again.hpp"

#include <algorithm>

#include "core/sync/two_histories.hpp"

namespace studiosync {
namespace {

void add_edit(std::string& text, std::string_view field, const std::string* value) {
  text.append(field).append(value == nullptr ? "\nremoved\n" : "\nset\n");
  if (value != nullptr) text.append(*value).append("\n");
}

// What one change has left in a record.
Hash128 hash_of_edits(const History& record, const Origin& change) {
  std::string text;
  for (const FieldVersion& last : record.last_changes()) {
    if (last.origin == change && last.field != any_field) {
      add_edit(text, last.field, record.fields().find(last.field));
    }
  }
  return hash128(text);
}

}  // namespace

Hash128 hash_of_edits(const Incoming& change) {
  if (!change.changed || !change.base || change.action == Action::remove) return {};
  std::vector<std::string> fields = *change.changed;
  std::ranges::sort(fields);
  std::string text;
  for (const std::string& field : fields) add_edit(text, field, change.fields.find(field));
  return hash128(text);
}

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

bool SentAgain::has(const History& lost, const FieldVersion& change) {
  read();
  // A result tells the record's stamp, which may have been raised above the edit's own.
  const Record& record = lost.record();
  const Origin& whole = record.origin;
  const bool last =
      change.origin.replica == whole.replica && change.origin.device_seq == whole.device_seq;
  if (has(change.origin) || (last && has(whole))) return true;
  const Hash128 edits = hash_of_edits(lost, change.origin);
  return std::ranges::binary_search(edits_,
                                    Edits{record.type, record.id, change.origin.stamp, edits});
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

bool SentAgain::is_of_a_clone(const Origin& lost) {
  const auto first = first_of(lost.replica);
  return refused_another(lost) || (first && lost.device_seq >= *first && !has(lost));
}

bool SentAgain::refused_another(const Origin& lost) const {
  const auto of_number = [](const Origin& change) {
    return Place{change.replica, change.device_seq};
  };
  const auto found =
      std::ranges::equal_range(refused_, Place{lost.replica, lost.device_seq}, {}, of_number);
  return !found.empty() && std::ranges::find(found, lost) == found.end();
}

bool SentAgain::has(const Origin& change) {
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
    const bool refused = change.status == Status::rejected;
    if (refused && !change.replica.nil()) {
      refused_.push_back({change.replica, change.device_seq, change.stamp});
    }
    if (refused || change.status == Status::held) return;
    const bool since = began_beyond(epochs, change.rev.epoch, fork_);
    if (!change.replica.nil()) {
      places_.push_back({change.replica, change.device_seq, change.stamp});
      if (since) since_.emplace_back(change.replica, change.device_seq);
      if (since) note_first(change.replica, change.device_seq);
      edits_.emplace_back(change.type, change.item_id, change.stamp, change.payload);
    }
    if (change.content != Hash128{} && since) {
      contents_.emplace_back(change.type, change.item_id, change.content);
    }
  });
  std::ranges::sort(places_);
  std::ranges::sort(refused_);
  std::ranges::sort(since_);
  std::ranges::sort(contents_);
  std::ranges::sort(edits_);
}

}  // namespace studiosync
