#include "client/cli/recorder.hpp"

#include "core/protocol/wire.hpp"
#include "core/sync/local_edit.hpp"

namespace studiosync::client {
namespace {

constexpr std::size_t page = 1000;

Json event_of(const RecordKey& key) {
  Json event = Json::object();
  event.set("type", to_string(key.type)).set("id", key.id);
  return event;
}

const char* name_of(Action action) {
  return action == Action::remove ? "delete" : "put";
}

// As it would leave the device.
std::string content_of(const DeviceRecord& record) {
  if (record.local_only) return "{}";
  return record.content.empty() ? std::string() : outgoing(record.type, record.content).content();
}

std::string served_content(const DeviceRecord& record) {
  return record.shadow && !record.shadow->deleted ? record.shadow->content : std::string();
}

}  // namespace

void Recorder::begin(WallTime now) {
  write_event("turned", now, Json::object().set("what", "started").set("user", user_));
  for (const FrozenChange& change : store_.frozen({}, page)) {
    const auto record = store_.find(change.type, change.id).value_or(DeviceRecord{});
    write_edited({change.type, change.id}, served_content(record), now);
    write_frozen(change, now);
  }
  for (const RecordKey& key : store_.pending(100 * page)) {
    write_edited(key, served_content(store_.find(key.type, key.id).value_or(DeviceRecord{})), now);
  }
}

void Recorder::tell_policy(EntityType type, Strategy strategy, WallTime now) {
  Json event = Json::object().set("what", "policy_chosen").set("user", user_);
  event.set("detail", std::string(to_string(type)) + " " + std::string(to_string(strategy)));
  write_event("turned", now, std::move(event));
}

void Recorder::look() {
  for (auto entries = store_.journal_after(last_, page); !entries.empty();
       entries = store_.journal_after(last_, page)) {
    for (const NumberedEntry& found : entries) take(found.entry);
    last_ = entries.back().number;
  }
}

// What the user looked at. The record may have moved on since the entry was noted.
std::string Recorder::seen_before(const JournalEntry& edited) const {
  const auto told = told_.find({edited.type, edited.id});
  if (told != told_.end()) return told->second;
  if (!edited.rev.version) return {};
  const auto record = store_.find(edited.type, edited.id);
  return record ? served_content(*record) : std::string();
}

void Recorder::take(const JournalEntry& entry) {
  const RecordKey key{entry.type, entry.id};
  if (entry.event == JournalEvent::edited) {
    write_edited(key, seen_before(entry), entry.at);
  } else if (entry.event == JournalEvent::frozen) {
    FrozenChange change{.seq = entry.device_seq, .change = entry.change, .type = entry.type};
    change.id = entry.id;
    change.action = entry.detail == "delete" ? Action::remove : Action::upsert;
    change.base = entry.rev;
    write_frozen(change, entry.at);
  } else if (entry.device_seq) {
    write_acknowledged(entry);
  } else if (const auto record = store_.find(key.type, key.id)) {
    told_.insert_or_assign(key, content_of(*record));  // another device's version is shown now
  }
}

void Recorder::write_edited(const RecordKey& key, const std::string& before, WallTime at) {
  const auto record = store_.find(key.type, key.id).value_or(DeviceRecord{.type = key.type});
  const std::string after = content_of(record);
  Json event = event_of(key);
  event.set("user", user_);
  event.set("action", name_of(after.empty() ? Action::remove : Action::upsert));
  if (!before.empty()) event.set("before", Json::raw(before));
  if (!after.empty()) event.set("after", Json::raw(after));
  if (record.local_only) event.set("local_only", true);
  told_.insert_or_assign(key, after);
  write_event("edited", at, std::move(event));
}

void Recorder::write_frozen(const FrozenChange& change, WallTime at) {
  Json event = event_of({change.type, change.id});
  event.set("replica", to_string(store_.meta().replica)).set("seq", change.seq.value);
  event.set("change", to_string(change.change)).set("action", name_of(change.action));
  write_event("frozen", at, std::move(event.set("base", rev_json(change.base))));
}

void Recorder::write_acknowledged(const JournalEntry& entry) {
  Json event = event_of({entry.type, entry.id});
  event.set("user", user_).set("replica", to_string(store_.meta().replica));
  event.set("seq", entry.device_seq.value).set("change", to_string(entry.change));
  const bool answered = entry.event == JournalEvent::answered;
  event.set("status", answered ? std::string_view(entry.detail) : to_string(entry.event));
  if (entry.event == JournalEvent::rejected) event.set("code", entry.detail);
  write_event("acknowledged", entry.at, std::move(event.set("rev", rev_json(entry.rev))));
}

void Recorder::write_event(std::string_view kind, WallTime at, Json event) {
  event.set("number", number_++).set("at", to_rfc3339(at)).set("lane", lane_).set("kind", kind);
  write_(event.canonical());
}

}  // namespace studiosync::client
