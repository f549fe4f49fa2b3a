// What the user of a device with real processes does to its records.
#include <algorithm>
#include <fstream>

#include "client/cli/exit_code.hpp"
#include "core/protocol/codec.hpp"
#include "e2e/history/user_edit.hpp"
#include "e2e/real/real_device.hpp"

namespace studiosync::e2e {
namespace {

constexpr std::size_t journal_page = 1'000;

std::string shown(DeviceStore& store, const RecordKey& key) {
  return store.find(key.type, key.id).value_or(DeviceRecord{}).content;
}

// The server's version of that name, if the device still has it.
std::optional<std::string> served(DeviceStore& store, const RecordKey& key, const Rev& rev) {
  const auto record = store.find(key.type, key.id);
  if (!record || !record->shadow || record->shadow->rev != rev) return std::nullopt;
  return record->shadow->deleted ? std::string() : record->shadow->content;
}

bool changes_what_is_shown(const JournalEntry& entry) {
  return entry.event == JournalEvent::applied || entry.event == JournalEvent::merged ||
         entry.event == JournalEvent::answered || entry.event == JournalEvent::resync;
}

// What a command replaced, and what it left. Between the look at the record and the command's own
// transaction the process that syncs may have stored what another device wrote, and after it, too.
class Witness {
 public:
  Witness(client::SqliteDeviceStore& store, const RecordKey& key)
      : store_(store), key_(key), since_(store.last_journal_number()), text_(shown(store, key)) {}

  std::string before() const {
    const std::vector<JournalEntry> entries = since_look();
    const auto edit = std::ranges::find(entries, JournalEvent::edited, &JournalEntry::event);
    if (edit == entries.end()) return text_;
    // A record that comes for the first time is not in the journal.
    const bool came = text_.empty() && edit->rev.version;
    const bool moved = came || std::any_of(entries.begin(), edit, changes_what_is_shown);
    return moved ? served(store_, key_, edit->rev).value_or(text_) : text_;
  }

  // `meant` where it cannot be seen any more.
  std::string after(const std::string& meant) const {
    const std::string now = shown(store_, key_);
    return std::ranges::any_of(since_look(), changes_what_is_shown) ? meant : now;
  }

  // Whether the command has queued something.
  bool queued() const {
    return std::ranges::count(since_look(), JournalEvent::edited, &JournalEntry::event) != 0;
  }

  // A delete took children along that were not there yet.
  void add_latecomers(std::vector<Edited>& deletions) const {
    for (const client::NumberedEntry& found : store_.journal_after(since_, journal_page)) {
      const JournalEntry& entry = found.entry;
      const bool known = std::ranges::any_of(deletions, [&](const Edited& deletion) {
        return deletion.type == entry.type && deletion.id == entry.id;
      });
      if (known || entry.event != JournalEvent::edited || entry.detail != "delete") continue;
      // Empty where the delete was answered before we could look.
      const auto before = served(store_, {entry.type, entry.id}, entry.rev).value_or("");
      deletions.push_back({.type = entry.type, .id = entry.id, .action = Action::remove});
      deletions.back().before = before;
    }
  }

 private:
  std::vector<JournalEntry> since_look() const {
    std::vector<JournalEntry> entries;
    for (client::NumberedEntry& found : store_.journal_after(since_, journal_page)) {
      if (RecordKey{found.entry.type, found.entry.id} != key_) continue;
      entries.push_back(std::move(found.entry));
    }
    return entries;
  }

  client::SqliteDeviceStore& store_;
  const RecordKey key_;
  const std::uint64_t since_;
  const std::string text_;
};

}  // namespace

Result<RealDevice::Doings> RealDevice::put(EntityType type, const std::string& id,
                                           const Json& data) {
  SS_ASSIGN(const Store store, open());
  const Witness witness(*store, {type, id});
  // A command line holds no large record.
  const std::string file = syncctl_.folder() + ".put.json";
  std::ofstream(file, std::ios::binary) << data.dump();
  SS_ASSIGN(const auto answer,
            syncctl_.run({"put", std::string(to_string(type)), id, "--merge", "--file", file}));
  if (answer.exit_code != client::exit_fine) return Doings();
  const Json* given = answer.lines.empty() ? nullptr : answer.lines.back().find("id");
  const Json* local = answer.lines.empty() ? nullptr : answer.lines.back().find("local_only");
  if (given == nullptr || local == nullptr) {
    return fail(ErrorCode::server_error, name() + ": syncctl put gave no answer");
  }
  Edited edited{.user = user(), .type = type, .id = given->as_string()};
  edited.local_only = local->as_bool();
  const bool renamed = edited.id != id;
  if (!renamed) edited.before = witness.before();
  edited.after = renamed ? shown(*store, {type, edited.id})
                         : witness.after(edited_data(edited.before, data).canonical());
  return Doings{std::move(edited)};
}

Result<RealDevice::Doings> RealDevice::remove(EntityType type, const std::string& id) {
  SS_ASSIGN(const Store store, open());
  const Witness witness(*store, {type, id});
  std::vector<Edited> edits = deletions(*store, type, id);
  SS_ASSIGN(const int code, run({"delete", std::string(to_string(type)), id}));
  if (code != client::exit_fine) return Doings();
  if (!edits.empty()) edits.front().before = witness.before();
  witness.add_latecomers(edits);
  Doings doings;
  for (Edited& edited : edits) {
    edited.user = user();
    doings.emplace_back(std::move(edited));
  }
  return doings;
}

Result<RealDevice::Doings> RealDevice::retry_rejected() {
  return decide_refused("retry");
}

Result<RealDevice::Doings> RealDevice::discard_rejected() {
  return decide_refused("discard");
}

Result<RealDevice::Doings> RealDevice::decide_refused(const std::string& command) {
  SS_ASSIGN(const Store store, open());
  Doings doings;
  for (const RejectedChange& rejected : store->rejected()) {
    const FrozenChange& change = rejected.change;
    const Witness witness(*store, {change.type, change.id});
    SS_ASSIGN(const int code, run({"rejected", command, to_string(change.change)}));
    if (code != client::exit_fine) continue;
    doings.emplace_back(Decided{.user = user(),
                                .type = change.type,
                                .id = change.id,
                                .change = change.change,
                                .what = command == "discard" ? Decided::What::discarded
                                        : witness.queued()   ? Decided::What::retried
                                                             : Decided::What::taken_off,
                                .before = witness.before(),
                                .after = shown(*store, {change.type, change.id})});
  }
  return doings;
}

Result<> RealDevice::resolve(EntityType type, const std::string& id, const std::string& choice) {
  SS_ASSIGN(const DeviceState now, state());
  std::optional<ConflictView> oldest;
  for (const DeviceRecord& record : now.records) {
    if (record.type != EntityType::conflict) continue;
    auto view = conflict_from_content(record.id, record.content);
    if (!view || view->resolved) continue;
    if (view->conflict.type != type || view->conflict.item_id != id) continue;
    if (!oldest || view->detected_at < oldest->detected_at) oldest = std::move(*view);
  }
  if (!oldest) return {};
  // A refusal (moved meanwhile) leaves it open, as it would for a person.
  return ask_server({"conflicts", "resolve", oldest->conflict.id, "--choose", choice});
}

}  // namespace studiosync::e2e
