#include "e2e/real/stream_reader.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

#include "core/conflicts/resolve.hpp"
#include "e2e/history/device_watch.hpp"

namespace studiosync::e2e {
namespace {

constexpr std::size_t page = 1'000;
constexpr std::size_t everything = std::numeric_limits<std::size_t>::max();

FrozenEdit frozen_edit(ReplicaId replica, const JournalEntry& entry) {
  return {.replica = replica,
          .seq = entry.device_seq,
          .change = entry.change,
          .type = entry.type,
          .id = entry.id,
          .action = entry.detail == "delete" ? Action::remove : Action::upsert,
          .base = entry.rev};
}

Acknowledged answer_of(client::SqliteDeviceStore& store, ReplicaId replica,
                       const JournalEntry& entry, const std::string& user) {
  const bool taken = entry.event == JournalEvent::answered;
  const auto status = parse_status(taken ? std::string_view(entry.detail) : to_string(entry.event));
  Acknowledged answer{.user = user,
                      .replica = replica,
                      .seq = entry.device_seq,
                      .change = entry.change,
                      .type = entry.type,
                      .id = entry.id,
                      .status = status.value_or(Status::rejected),
                      .rev = entry.rev};
  if (!taken) answer.error = error_code_from(entry.detail);
  // Not in the journal; the device stores it with the answer.
  if (std::string copy = copy_id(entry.change); store.find(entry.type, copy)) {
    answer.copy_id = std::move(copy);
  }
  return answer;
}

bool is_about(const Happening& doing, const JournalEntry& entry) {
  const auto same = [&](const auto& what) {
    return what.type == entry.type && what.id == entry.id;
  };
  const auto* edited = std::get_if<Edited>(&doing);
  const auto* decided = std::get_if<Decided>(&doing);
  return (edited != nullptr && same(*edited)) || (decided != nullptr && same(*decided));
}

bool is_one_of(const JournalEntry& entry, const std::vector<Happening>& doings) {
  return entry.event == JournalEvent::edited &&
         std::ranges::any_of(doings,
                             [&](const Happening& doing) { return is_about(doing, entry); });
}

}  // namespace

void StreamReader::begin(client::SqliteDeviceStore& store) {
  last_ = store.last_journal_number();
  replica_ = store.meta().replica;
  newest_ = store.meta().last_frozen;
  unanswered_.clear();
  for (const FrozenChange& change : store.frozen({}, everything)) {
    unanswered_.emplace(change.seq, frozen_edit(replica_, change));
  }
}

std::vector<Happening> StreamReader::read(client::SqliteDeviceStore& store, const std::string& user,
                                          std::vector<Happening> doings) {
  const Entries entries = new_entries(store);
  const ReplicaId now = store.meta().replica;
  const auto other = now == replica_ ? entries.end() : next_stream(entries);
  const auto made = std::ranges::find_if(
      entries, [&](const JournalEntry& entry) { return is_one_of(entry, doings); });
  std::vector<Happening> out;
  const auto tell_doings = [&] {
    std::ranges::move(std::exchange(doings, {}), std::back_inserter(out));
  };
  if (made == entries.end()) tell_doings();
  for (auto at = entries.begin(); at != entries.end(); ++at) {
    if (at == made) tell_doings();
    if (at == other) begin_stream(now, goes_over(store, entries), out);
    take(store, *at, user, out);
  }
  if (replica_ != now) begin_stream(now, goes_over(store, entries), out);
  return out;
}

StreamReader::Entries StreamReader::new_entries(client::SqliteDeviceStore& store) {
  Entries entries;
  for (auto found = store.journal_after(last_, page); !found.empty();
       found = store.journal_after(last_, page)) {
    for (client::NumberedEntry& one : found) {
      const JournalEvent event = one.entry.event;
      const bool local = !one.entry.device_seq;  // never sent
      if (event == JournalEvent::edited || !local) entries.push_back(std::move(one.entry));
    }
    last_ = found.back().number;
  }
  return entries;
}

// Where the places fall, or an answer is for another change than the one that had the place.
StreamReader::Entries::const_iterator StreamReader::next_stream(const Entries& entries) const {
  DeviceSeq newest = newest_;
  auto waiting = unanswered_;
  const auto fall = std::ranges::find_if(entries, [&](const JournalEntry& entry) {
    if (entry.event == JournalEvent::edited) return false;
    if (entry.event == JournalEvent::frozen) {
      if (entry.device_seq <= newest) return true;
      newest = entry.device_seq;
      waiting[newest].change = entry.change;
      return false;
    }
    const auto known = waiting.find(entry.device_seq);
    return known == waiting.end() || known->second.change != entry.change;
  });
  if (fall != entries.end() || newest_.value != unanswered_.size()) return fall;
  // Every place was free again: the new stream went on where the old one had ended.
  return std::ranges::find(entries, JournalEvent::frozen, &JournalEntry::event);
}

bool StreamReader::goes_over(client::SqliteDeviceStore& store, const Entries& entries) const {
  const std::vector<FrozenChange> frozen = store.frozen({}, everything);
  return std::ranges::any_of(unanswered_, [&](const auto& waiting) {
    const ChangeId change = waiting.second.change;
    return std::ranges::find(frozen, change, &FrozenChange::change) != frozen.end() ||
           std::ranges::any_of(entries, [&](const JournalEntry& entry) {
             return entry.change == change && entry.event != JournalEvent::frozen;
           });
  });
}

void StreamReader::begin_stream(ReplicaId replica, bool over, std::vector<Happening>& out) {
  replica_ = replica;
  newest_ = {};
  for (auto& [seq, edit] : std::exchange(unanswered_, {})) {
    if (!over) continue;
    newest_ = newest_.next();
    FrozenEdit again = edit;
    again.replica = replica;
    again.seq = newest_;
    out.emplace_back(again);
    unanswered_.emplace(newest_, std::move(again));
  }
}

void StreamReader::take(client::SqliteDeviceStore& store, const JournalEntry& entry,
                        const std::string& user, std::vector<Happening>& out) {
  if (entry.event == JournalEvent::edited) return;
  if (entry.event == JournalEvent::frozen) {
    newest_ = entry.device_seq;
    unanswered_.insert_or_assign(newest_, frozen_edit(replica_, entry));
    out.emplace_back(unanswered_.at(newest_));
  } else {
    unanswered_.erase(entry.device_seq);
    out.emplace_back(answer_of(store, replica_, entry, user));
  }
}

}  // namespace studiosync::e2e
