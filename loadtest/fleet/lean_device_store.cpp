#include "loadtest/fleet/lean_device_store.hpp"

#include <algorithm>

#include "core/base/check.hpp"
#include "core/sync/digest.hpp"

namespace studiosync::load {
namespace {

void add_mod_2_128(Hash128& sum, const Hash128& term) noexcept {
  unsigned carry = 0;
  for (std::size_t i = 0; i < sum.size(); ++i) {
    carry += static_cast<unsigned>(sum[i]) + term[i];
    sum[i] = static_cast<std::uint8_t>(carry & 0xFFU);
    carry >>= 8;
  }
}

bool settled(const DeviceRecord& record) {
  return record.shadow && !record.edit && !record.in_flight && !record.local_only &&
         record.redacted.empty();
}

KnownVersion::State state_of(const Record& shadow) {
  if (!shadow.deleted) return KnownVersion::State::live;
  return shadow.reason == reason_expired ? KnownVersion::State::expired
                                         : KnownVersion::State::deleted;
}

}  // namespace

Hash128 digest_term(const Record& record) {
  if (record.deleted) return {};
  Digest digest;
  digest.add(record);
  return digest.sums()[digest_bucket(record.id)];
}

LeanDeviceStore::LeanDeviceStore(std::optional<std::size_t> contents_max)
    : ForwardingDeviceStore(memory_), contents_max_(contents_max) {}

Result<> LeanDeviceStore::commit() {
  for (const auto& [key, tag] : recalled_) recall(tag);
  recalled_.clear();
  if (contents_max_) forget_oldest();
  puts_before_ = puts_.size();
  return memory_.commit();
}

void LeanDeviceStore::rollback() {
  recalled_.clear();
  for (; puts_.size() > puts_before_; puts_.pop_back()) {
    if (--puts_of_[puts_.back()] == 0) puts_of_.erase(puts_.back());
  }
  memory_.rollback();
}

std::optional<DeviceRecord> LeanDeviceStore::find(EntityType type, std::string_view id) {
  if (auto whole = memory_.find(type, id)) return whole;
  if (recalled_.contains({type, std::string(id)})) return std::nullopt;
  const auto at = forgotten_.find(tag_of(type, id));
  if (at == forgotten_.end()) return std::nullopt;
  return remembered(type, id, at->second);
}

void LeanDeviceStore::put(const DeviceRecord& record) {
  memory_.put(record);
  if (!contents_max_) return;
  const RecordTag tag = tag_of(record.type, record.id);
  if (forgotten_.contains(tag)) recalled_.try_emplace({record.type, record.id}, tag);
  puts_.push_back({record.type, record.id});
  ++puts_of_[puts_.back()];
}

void LeanDeviceStore::recall(const RecordTag& tag) {
  const auto at = forgotten_.find(tag);
  if (at->second.state == KnownVersion::State::live) {
    --live_forgotten_[static_cast<std::size_t>(tag.type)];
  }
  forgotten_.erase(at);
}

void LeanDeviceStore::forget_oldest() {
  for (; puts_.size() > *contents_max_; puts_.pop_front()) {
    const auto count = puts_of_.find(puts_.front());
    if (--count->second > 0) continue;
    forget(count->first);
    puts_of_.erase(count);
  }
}

// One that is not settled is put again when it is.
void LeanDeviceStore::forget(const RecordKey& key) {
  const auto record = memory_.find(key.type, key.id);
  if (!record || !settled(*record)) return;
  const KnownVersion known = version_of(*record->shadow);
  if (known.state == KnownVersion::State::live) {
    ++live_forgotten_[static_cast<std::size_t>(key.type)];
  }
  forgotten_.insert_or_assign(tag_of(key.type, key.id), known);
  memory_.put({.type = key.type, .id = key.id});
}

std::uint8_t LeanDeviceStore::index_of(Epoch epoch) {
  const auto at = std::ranges::find(epochs_, epoch);
  const auto index = static_cast<std::size_t>(at - epochs_.begin());
  if (at == epochs_.end()) epochs_.push_back(epoch);
  SS_CHECK(index < 256);  // a run sees a handful of server starts
  return static_cast<std::uint8_t>(index);
}

KnownVersion LeanDeviceStore::version_of(const Record& shadow) {
  return {.term = digest_term(shadow),
          .seq = shadow.seq.value,
          .version = static_cast<std::uint32_t>(shadow.rev.version.value),
          .bucket = digest_bucket(shadow.id),
          .epoch = index_of(shadow.rev.epoch),
          .state = state_of(shadow)};
}

DeviceRecord LeanDeviceStore::remembered(EntityType type, std::string_view id,
                                         const KnownVersion& known) const {
  DeviceRecord record{.type = type, .id = std::string(id)};
  Record shadow{.type = type, .id = record.id};
  shadow.rev = {epochs_[known.epoch], Version{known.version}};
  shadow.seq = Seq{known.seq};
  shadow.deleted = known.state != KnownVersion::State::live;
  if (known.state == KnownVersion::State::expired) shadow.reason = reason_expired;
  if (!shadow.deleted) {
    shadow.content = "{}";
    record.content = "{}";
  }
  record.shadow = std::move(shadow);
  return record;
}

std::size_t LeanDeviceStore::live_records(EntityType type) {
  return memory_.live_records(type) + live_forgotten_[static_cast<std::size_t>(type)];
}

DigestSums LeanDeviceStore::digest() {
  DigestSums sums{};
  for (const auto& [tag, known] : forgotten_) add_mod_2_128(sums[known.bucket], known.term);
  for (const Record& shadow : memory_.live_shadows()) {
    add_mod_2_128(sums[digest_bucket(shadow.id)], digest_term(shadow));
  }
  return sums;
}

std::optional<KnownVersion> LeanDeviceStore::known(EntityType type, std::string_view id) {
  const auto whole = memory_.find(type, id);
  if (!whole) return forgotten(tag_of(type, id));
  return whole->shadow ? std::optional(version_of(*whole->shadow)) : std::nullopt;
}

std::optional<KnownVersion> LeanDeviceStore::forgotten(const RecordTag& tag) const {
  const auto at = forgotten_.find(tag);
  return at == forgotten_.end() ? std::nullopt : std::optional(at->second);
}

std::size_t LeanDeviceStore::forgotten_up_to(Seq seq) const noexcept {
  const auto earlier = [seq](const auto& entry) { return entry.second.seq <= seq.value; };
  return static_cast<std::size_t>(std::ranges::count_if(forgotten_, earlier));
}

}  // namespace studiosync::load
