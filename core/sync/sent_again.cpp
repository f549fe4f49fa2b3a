#include "core/sync/sent_again.hpp"

#include <algorithm>

#include "core/base/random.hpp"
#include "core/sync/two_histories.hpp"

namespace studiosync {
namespace {

constexpr int probes_an_edit = 16;

// Fowler, Noll and Vo's FNV-1a: it is done for every field that is written, and SHA-256 fills a
// block for each.
std::uint64_t fnv1a(std::uint64_t hash, std::string_view bytes) {
  constexpr std::uint64_t prime = 0x100000001b3;
  for (const char byte : bytes) hash = (hash ^ static_cast<std::uint8_t>(byte)) * prime;
  return hash;
}

void add_edit(Hash128& edits, std::string_view field, const std::string* value) {
  constexpr std::uint64_t basis = 0xcbf29ce484222325;
  std::uint64_t hash = fnv1a(fnv1a(basis, field), value == nullptr ? "\nremoved\n" : "\nset\n");
  if (value != nullptr) hash = fnv1a(hash, *value);
  Random probes(hash);
  for (int i = 0; i < probes_an_edit; ++i) {
    const std::uint64_t bit = probes.below(edits.size() * 8);
    std::uint8_t& byte = edits[bit / 8];
    byte = static_cast<std::uint8_t>(byte | (1U << (bit % 8)));
  }
}

// What one change has left in a record.
Hash128 filter_of_edits(const History& record, const Origin& change) {
  Hash128 edits{};
  for (const FieldVersion& last : record.last_changes()) {
    if (last.origin == change && last.field != any_field) {
      add_edit(edits, last.field, record.fields().find(last.field));
    }
  }
  return edits;
}

bool has_all(const Hash128& edits, const Hash128& part) {
  for (std::size_t i = 0; i < part.size(); ++i) {
    if ((edits[i] & part[i]) != part[i]) return false;
  }
  return part != Hash128{};
}

}  // namespace

Hash128 filter_of_edits(const Incoming& change) {
  Hash128 edits{};
  if (change.action == Action::remove || (change.base && !change.changed)) return edits;
  if (change.changed) {
    for (const std::string& field : *change.changed) {
      add_edit(edits, field, change.fields.find(field));
    }
  } else {
    for (const auto& [field, value] : change.fields) add_edit(edits, field, &value);
  }
  return edits;
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
  const Hash128 left = filter_of_edits(lost, change.origin);
  const Edits least{record.type, record.id, change.origin.stamp, Hash128{}};
  const auto one_moment = [&](const Edits& made) {
    return std::get<2>(made) == change.origin.stamp && std::get<1>(made) == record.id &&
           std::get<0>(made) == record.type;
  };
  for (auto made = std::ranges::lower_bound(edits_, least);
       made != edits_.end() && one_moment(*made); ++made) {
    if (has_all(std::get<3>(*made), left)) return true;
  }
  return false;
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
