#include "client/store/memory_device_store.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <utility>

#include "client/store/device_record.hpp"
#include "client/store/texts.hpp"
#include "core/base/check.hpp"
#include "core/base/zoo.hpp"
#include "core/sync/originals.hpp"

namespace studiosync::client {

namespace {

template <class Map>
std::optional<typename Map::mapped_type> lookup(const Map& map, const typename Map::key_type& key) {
  const auto found = map.find(key);
  return found == map.end() ? std::nullopt : std::optional(found->second);
}

template <class T>
const T* pointer_to(const std::optional<T>& value) {
  return value ? &*value : nullptr;
}

}  // namespace

Result<> MemoryDeviceStore::begin(Durability) {
  SS_CHECK(!undo_);
  undo_.emplace();
  undo_->last_original = last_original_;
  return {};
}

Result<> MemoryDeviceStore::commit() {
  SS_CHECK(undo_);
  undo_.reset();
  return {};
}

void MemoryDeviceStore::rollback() {
  if (!undo_) return;
  const Undo undo = *std::exchange(undo_, std::nullopt);
  for (const auto& [key, record] : undo.records) set_record(key, pointer_to(record));
  for (const auto& [seq, change] : undo.outbox) set_frozen(seq, pointer_to(change));
  if (undo.rejected) rejected_ = *undo.rejected;
  if (undo.originals) originals_ = *undo.originals;
  last_original_ = undo.last_original;
  for (const auto& [key, entries] : undo.journal) journal_[key] = entries;
  if (undo.meta) meta_ = *undo.meta;
}

Result<> MemoryDeviceStore::set_aside(std::string_view) {
  SS_CHECK(!undo_);
  for (DeviceRecord& text : texts_of(*this)) aside_.push_back(std::move(text));
  return {};
}

void MemoryDeviceStore::set_meta(const DeviceMeta& meta) {
  SS_CHECK(undo_);
  if (!undo_->meta) undo_->meta = meta_;
  meta_ = meta;
}

std::optional<DeviceRecord> MemoryDeviceStore::find(EntityType type, std::string_view id) {
  return lookup(records_, RecordKey{type, std::string(id)});
}

void MemoryDeviceStore::put(const DeviceRecord& record) {
  SS_CHECK(undo_);
  RecordKey key{record.type, record.id};
  undo_->records.try_emplace(key, lookup(records_, key));
  set_record(key, worth_keeping(record) ? &record : nullptr);
}

void MemoryDeviceStore::set_record(const RecordKey& key, const DeviceRecord* record) {
  const auto order_of = [&key](const DeviceRecord& r) {
    return UploadOrder{key.type, r.edit->queued, key.id};
  };
  if (const auto old = records_.find(key); old != records_.end() && old->second.edit) {
    --edits_;
    uploadable_.erase(order_of(old->second));
  }
  if (!record) {
    records_.erase(key);
    return;
  }
  if (record->edit) ++edits_;
  const bool forgotten = SS_ZOO(queue_index_is_not_updated) && records_.contains(key);
  if (record->edit && !record->in_flight && !forgotten) uploadable_.insert(order_of(*record));
  records_.insert_or_assign(key, *record);
}

std::vector<RecordKey> MemoryDeviceStore::pending(std::size_t limit) {
  std::vector<RecordKey> keys;
  for (const auto& [type, queued, id] : uploadable_) {
    if (keys.size() == limit) break;
    keys.push_back({type, id});
  }
  return keys;
}

std::vector<FrozenChange> MemoryDeviceStore::frozen(DeviceSeq after, std::size_t limit) {
  std::vector<FrozenChange> changes;
  for (auto it = outbox_.upper_bound(after); it != outbox_.end() && changes.size() < limit; ++it) {
    changes.push_back(it->second);
  }
  return changes;
}

void MemoryDeviceStore::add_frozen(const FrozenChange& change) {
  SS_CHECK(undo_ && !outbox_.contains(change.seq));
  undo_->outbox.try_emplace(change.seq, std::nullopt);
  set_frozen(change.seq, &change);
}

std::optional<FrozenChange> MemoryDeviceStore::find_frozen(DeviceSeq seq) {
  return lookup(outbox_, seq);
}

void MemoryDeviceStore::remove_frozen(DeviceSeq seq) {
  SS_CHECK(undo_);
  undo_->outbox.try_emplace(seq, lookup(outbox_, seq));
  set_frozen(seq, nullptr);
}

void MemoryDeviceStore::set_frozen(DeviceSeq seq, const FrozenChange* change) {
  if (change) {
    outbox_.insert_or_assign(seq, *change);
  } else {
    outbox_.erase(seq);
  }
}

std::vector<RejectedChange>& MemoryDeviceStore::rejected_for_writing() {
  SS_CHECK(undo_);
  if (!undo_->rejected) undo_->rejected = rejected_;
  return rejected_;
}

void MemoryDeviceStore::add_rejected(const RejectedChange& rejected) {
  auto& all = rejected_for_writing();
  const auto same = std::ranges::find(all, rejected.change.change,
                                      [](const RejectedChange& r) { return r.change.change; });
  if (same == all.end()) {
    all.push_back(rejected);
  } else {
    *same = rejected;
  }
}

std::vector<RejectedChange> MemoryDeviceStore::rejected_of(EntityType type, std::string_view id) {
  std::vector<RejectedChange> found;
  std::ranges::copy_if(rejected_, std::back_inserter(found), [&](const RejectedChange& rejected) {
    return rejected.change.type == type && rejected.change.id == id;
  });
  return found;
}

void MemoryDeviceStore::remove_rejected(ChangeId change) {
  std::erase_if(rejected_for_writing(),
                [change](const RejectedChange& r) { return r.change.change == change; });
}

std::vector<Original>& MemoryDeviceStore::originals_for_writing() {
  SS_CHECK(undo_);
  if (!undo_->originals) undo_->originals = originals_;
  return originals_;
}

void MemoryDeviceStore::add_original(const Original& original) {
  originals_for_writing().push_back(original);
  originals_.back().number = ++last_original_;
}

std::vector<Original> MemoryDeviceStore::originals_of(EntityType type, std::string_view id) {
  std::vector<Original> found;
  std::ranges::copy_if(originals_, std::back_inserter(found), [&](const Original& original) {
    return original.type == type && original.id == id;
  });
  return found;
}

void MemoryDeviceStore::remove_original(std::uint64_t number) {
  std::erase_if(originals_for_writing(),
                [number](const Original& original) { return original.number == number; });
}

void MemoryDeviceStore::trim_originals(std::size_t count, WallTime since) {
  auto& all = originals_for_writing();
  auto beyond =
      std::ranges::count_if(all, std::not_fn(of_own_delete)) - static_cast<std::ptrdiff_t>(count);
  std::erase_if(all, [&](const Original& original) {
    const bool counts = !of_own_delete(original);
    return (counts && beyond-- > 0) || original.at < since;
  });
}

std::deque<JournalEntry>& MemoryDeviceStore::journal_for_writing(const RecordKey& key) {
  SS_CHECK(undo_);
  auto& entries = journal_[key];
  undo_->journal.try_emplace(key, entries);
  return entries;
}

void MemoryDeviceStore::note(const JournalEntry& entry) {
  auto& entries = journal_for_writing({entry.type, entry.id});
  entries.push_back(entry);
  if (entries.size() > journal_of_record_max) entries.pop_front();
}

std::vector<JournalEntry> MemoryDeviceStore::journal_of(EntityType type, std::string_view id) {
  const auto found = journal_.find({type, std::string(id)});
  if (found == journal_.end()) return {};
  return {found->second.begin(), found->second.end()};
}

void MemoryDeviceStore::trim_journal(WallTime since) {
  SS_CHECK(undo_);
  for (auto& [key, entries] : journal_) {
    const auto old = [since](const JournalEntry& entry) { return entry.at < since; };
    if (std::ranges::any_of(entries, old)) std::erase_if(journal_for_writing(key), old);
  }
}

QueueCounts MemoryDeviceStore::counts() {
  return {.pending = edits_, .frozen = outbox_.size(), .rejected = rejected_.size()};
}

std::size_t MemoryDeviceStore::redacted_records() {
  return static_cast<std::size_t>(std::ranges::count_if(
      records_, [](const auto& entry) { return !entry.second.redacted.empty(); }));
}

std::vector<Record> MemoryDeviceStore::live_shadows() {
  std::vector<Record> shadows;
  for (const auto& [key, record] : records_) {
    if (record.shadow && !record.shadow->deleted) shadows.push_back(*record.shadow);
  }
  return shadows;
}

std::size_t MemoryDeviceStore::live_records(EntityType type) {
  return static_cast<std::size_t>(std::ranges::count_if(records_, [type](const auto& entry) {
    return entry.first.type == type && entry.second.shadow && !entry.second.shadow->deleted;
  }));
}

std::size_t MemoryDeviceStore::pending_deletes(EntityType type) {
  return static_cast<std::size_t>(std::ranges::count_if(uploadable_, [&](const auto& place) {
    if (std::get<EntityType>(place) != type) return false;
    const PendingEdit& edit = *records_.at({type, std::get<std::string>(place)}).edit;
    return edit.action == Action::remove && edit.reason.empty() && !edit.confirmed;
  }));
}

void MemoryDeviceStore::forget_tombstones(CommitTime time) {
  std::vector<DeviceRecord> old;
  for (const auto& [key, record] : records_) {
    const bool tombstone = record.shadow && record.shadow->deleted;
    const bool needed =
        record.edit || record.in_flight || (!record.content.empty() && !record.local_only);
    const bool withdrawal =
        tombstone && record.local_only && record.shadow->reason == reason_private;
    if (tombstone && !needed && !withdrawal && record.shadow->committed < time) {
      old.push_back(record);
    }
  }
  for (DeviceRecord& record : old) {
    record.shadow.reset();
    put(record);
  }
}

std::vector<DeviceRecord> MemoryDeviceStore::records(const RecordKey& after, std::size_t limit) {
  std::vector<DeviceRecord> records;
  auto it = records_.upper_bound(after);
  for (; it != records_.end() && records.size() < limit; ++it) records.push_back(it->second);
  return records;
}

std::vector<DeviceRecord> MemoryDeviceStore::list(EntityType type, std::string_view after_id,
                                                  std::size_t limit) {
  std::vector<DeviceRecord> records;
  auto it = records_.upper_bound(RecordKey{type, std::string(after_id)});
  for (; it != records_.end() && it->first.type == type && records.size() < limit; ++it) {
    if (!it->second.content.empty()) records.push_back(it->second);
  }
  return records;
}

}  // namespace studiosync::client
