// A device's store that forgets the content of what is settled: for thousands of devices with
// thousands of records each in one process.
#pragma once

#include <array>
#include <boost/unordered/unordered_flat_map.hpp>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "client/store/memory_device_store.hpp"
#include "core/sync/forwarding_device_store.hpp"
#include "loadtest/fleet/record_tag.hpp"

namespace studiosync::load {

// What is left of a settled record: enough to tell which version the device has, and to prove that
// it is the server's.
struct KnownVersion {
  Hash128 term{};  // the record's share of its bucket's digest; zero of a tombstone
  std::uint64_t seq = 0;
  std::uint32_t version = 0;
  std::uint8_t bucket = 0;  // of the digest
  std::uint8_t epoch = 0;   // the index among the epochs that this store has seen
  enum class State : std::uint8_t { live, deleted, expired } state = State::live;
};

// Keeps to the contract of DeviceStore for everything that an engine does which is never asked for
// a digest of its own, but for this: it keeps no journal; a settled record beyond the newest
// `contents_max` is still found, with its rev and place and the content `{}`; and the lists
// (`records`, `list`, `live_shadows`, `forget_tombstones`) know only those that have their content.
// So a device with this store cannot give a restored server anything back. What has an edit, is in
// flight, is local or redacted is never forgotten. In memory, as MemoryDeviceStore, and as that one
// not thread-safe.
class LeanDeviceStore final : public ForwardingDeviceStore {
 public:
  // Nothing: all contents are kept.
  explicit LeanDeviceStore(std::optional<std::size_t> contents_max);

  Result<> commit() override;
  void rollback() override;
  Result<> set_aside(std::string_view) override { return {}; }
  std::optional<DeviceRecord> find(EntityType type, std::string_view id) override;
  void put(const DeviceRecord& record) override;

  void note(const JournalEntry& /*entry*/) override {}
  std::vector<JournalEntry> journal_of(EntityType, std::string_view) override { return {}; }
  void trim_journal(WallTime /*since*/) override {}

  std::size_t live_records(EntityType type) override;

  // What the server's digest must be, if both have the same. Outside a transaction.
  DigestSums digest();
  // The server's version of a record, as known here; nothing for one it was never heard of.
  std::optional<KnownVersion> known(EntityType type, std::string_view id);
  // The same, of a record whose content is forgotten: all of them with `contents_max` 0.
  std::optional<KnownVersion> forgotten(const RecordTag& tag) const;
  std::size_t forgotten_count() const noexcept { return forgotten_.size(); }
  // Of those, the ones in a version from there or before.
  std::size_t forgotten_up_to(Seq seq) const noexcept;

 private:
  using Forgotten = boost::unordered_flat_map<RecordTag, KnownVersion, std::hash<RecordTag>>;

  KnownVersion version_of(const Record& shadow);
  DeviceRecord remembered(EntityType type, std::string_view id, const KnownVersion& known) const;
  void forget_oldest();
  void forget(const RecordKey& key);
  void recall(const RecordTag& tag);
  std::uint8_t index_of(Epoch epoch);

  client::MemoryDeviceStore memory_;
  std::optional<std::size_t> contents_max_;
  Forgotten forgotten_;
  // Forgotten ones that this transaction has put again: they are in memory_, or gone for good.
  std::map<std::pair<EntityType, std::string>, RecordTag> recalled_;
  // Each time that a record was put, oldest first, and how often it stands there.
  std::deque<RecordKey> puts_;
  std::map<RecordKey, std::size_t> puts_of_;
  std::size_t puts_before_ = 0;  // puts_ as it was at `begin`
  std::vector<Epoch> epochs_;
  std::array<std::size_t, 16> live_forgotten_{};  // by type
};

// The share of a live record in its bucket of the digest.
Hash128 digest_term(const Record& record);

}  // namespace studiosync::load
