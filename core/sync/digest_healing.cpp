#include "core/sync/digest_healing.hpp"

#include <algorithm>
#include <set>

#include "core/sync/digest.hpp"
#include "core/sync/inbound.hpp"
#include "core/sync/sweep.hpp"

namespace studiosync {

std::vector<std::uint8_t> differing_buckets(const DigestSums& a, const DigestSums& b) {
  std::vector<std::uint8_t> buckets;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] != b[i]) buckets.push_back(static_cast<std::uint8_t>(i));
  }
  return buckets;
}

Healed heal_buckets(DeviceStore& store, const std::vector<std::uint8_t>& buckets,
                    const std::vector<Record>& rows, WallTime now) {
  Healed healed{.changed = adopt_rows(store, rows, now)};
  std::set<RecordKey> missing;
  for (const Record& shadow : store.live_shadows()) {
    const bool asked = std::ranges::binary_search(buckets, digest_bucket(shadow.id));
    if (asked) missing.insert({shadow.type, shadow.id});
  }
  for (const Record& row : rows) missing.erase({row.type, row.id});
  // Tombstones are in no bucket, and other buckets are not in question.
  const SweepPlan plan =
      plan_sweep(store, [&](const RecordKey& key) { return !missing.contains(key); });
  healed.asks = plan.asks;
  if (plan.asks) return healed;
  for (RecordKey& key : sweep(store, plan, now)) healed.changed.push_back(std::move(key));
  return healed;
}

}  // namespace studiosync
