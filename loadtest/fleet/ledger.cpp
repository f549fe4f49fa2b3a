#include "loadtest/fleet/ledger.hpp"

#include <algorithm>

namespace studiosync::load {
namespace {

constexpr std::size_t examples_max = 5;

}  // namespace

void Ledger::acknowledged(EntityType type, std::string_view id, const KnownVersion& stored) {
  Entry& entry = entries_[tag_of(type, id)];
  if (stored.version < entry.version) return;
  entry = {.term = stored.term,
           .version = stored.version,
           .deleted = stored.state != KnownVersion::State::live};
}

void Ledger::must_exist(EntityType type, std::string_view id) {
  entries_.try_emplace(tag_of(type, id));
}

Ledger::Finding Ledger::judge(const Entry& entry, const LeanDeviceStore& read_back,
                              const RecordTag& tag) {
  const auto known = read_back.forgotten(tag);
  if (!known) return entry.deleted ? Finding::found : Finding::missing;
  if (known->state == KnownVersion::State::expired) return Finding::found;
  if (known->state == KnownVersion::State::deleted) {
    return entry.deleted ? Finding::found : Finding::missing;
  }
  if (known->version < entry.version) return Finding::different;
  const bool same_version = known->version == entry.version && entry.term != Hash128{};
  return same_version && known->term != entry.term ? Finding::different : Finding::found;
}

Verification Ledger::check(const LeanDeviceStore& read_back) const {
  Verification result{.done = true, .acknowledged = entries_.size()};
  for (const auto& [tag, entry] : entries_) {
    const Finding finding = judge(entry, read_back, tag);
    if (finding == Finding::found) {
      ++result.found;
      continue;
    }
    const bool missing = finding == Finding::missing;
    ++(missing ? result.missing : result.different);
    result.examples.push_back(to_string(tag) + (missing ? " is missing" : " is another version"));
  }
  // Sorted, as the table's own order means nothing.
  std::ranges::sort(result.examples);
  if (result.examples.size() > examples_max) result.examples.resize(examples_max);
  return result;
}

}  // namespace studiosync::load
