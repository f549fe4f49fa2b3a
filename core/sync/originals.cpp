#include "core/sync/originals.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>

#include "core/sync/rebase.hpp"

namespace studiosync {
namespace {

// What the server has of a record; nothing where it is deleted or unknown.
Fields server_fields(const DeviceRecord& record) {
  const bool live = record.shadow && !record.shadow->deleted;
  return live ? fields_of(record.shadow->content) : Fields{};
}

bool is_marked(const DeviceRecord& record, const std::string& field) {
  return std::binary_search(record.redacted.begin(), record.redacted.end(), field);
}

// The user's own edit put it aside, and has not happened yet.
bool of_own_edit(const Original& original) {
  const Rev& rev = original.replaced_by;
  return original.record.empty() && rev.epoch != Epoch{} && !rev.version;
}

// A mark holds while the text stands that it was made for.
void drop_stale_marks(DeviceRecord& record, const Fields& before) {
  if (record.redacted.empty()) return;
  const Fields now = fields_of(record.content);
  const Fields server = server_fields(record);
  const bool live = record.shadow && !record.shadow->deleted;
  std::erase_if(record.redacted, [&](const std::string& field) {
    const std::string_view text = value_of(now, field);
    return !live || text.empty() || text != value_of(before, field) ||
           text == value_of(server, field);
  });
}

// A private record must not live on elsewhere, but for what only this device's user wrote.
bool went_as_a_whole(const DeviceRecord& record) {
  return record.shadow && record.shadow->deleted && record.shadow->reason.empty();
}

void keep(DeviceStore& store, const DeviceRecord& record, const std::string& field,
          const std::string& text, WallTime now) {
  Original original{.type = record.type, .id = record.id, .field = field, .value = text};
  if (went_as_a_whole(record)) original.record = record.content;
  original.at = now;
  if (record.shadow) {
    original.replaced_by = record.shadow->rev;
    // The version that took its place cannot be younger. A clock that is years behind would make
    // the text expire as soon as it is set right.
    original.at = std::max(now, WallTime{record.shadow->committed.unix_us / 1000});
  }
  for (const Original& known : store.originals_of(record.type, record.id)) {
    if (known.field == field && known.value == text) store.remove_original(known.number);
  }
  store.add_original(original);
  // By their number only: this device's clock may be years ahead.
  store.trim_originals(originals_max, WallTime{std::numeric_limits<std::int64_t>::min()});
}

// One version of a record's text gives way to another.
class Takeover {
 public:
  Takeover(DeviceStore& store, DeviceRecord& record, WallTime now)
      : store_(store),
        record_(record),
        now_(now),
        local_(fields_of(record.content)),
        sent_(outgoing(record.type, record.content)) {}

  void run(const std::string& content) {
    Fields next = fields_of(content);
    for (const auto& [field, text] : local_) {
      const bool replaced = value_of(next, field) != text;
      if (replaced && only_here(field, text)) keep(store_, record_, field, text, now_);
    }
    if (!content.empty()) bring_back(next);
    record_.content = content.empty() ? std::string() : next.content();
    if (!server_fields(record_).empty()) leave_aside();
    drop_stale_marks(record_, local_);
    for (const std::string& field : returned_) mark(record_, field);
  }

 private:
  // By its mark, in case that today's rules would leave it; by today's rules, in case that it has
  // no mark: it was never sent, or was sent whole under weaker rules.
  bool only_here(const std::string& field, const std::string& text) const {
    return is_marked(record_, field) || value_of(sent_, field) != text;
  }

  // Also what was put aside just now: its redaction may be what the server's version holds, which
  // its mark says, or what a refused change has.
  void bring_back(Fields& next) {
    const Fields server = server_fields(record_);
    auto originals = store_.originals_of(record_.type, record_.id);
    std::reverse(originals.begin(), originals.end());
    for (const Original& original : originals) {
      const std::string& field = original.field;
      const std::string arrived(value_of(next, field));
      if (!record_.content.empty() && arrived == value_of(local_, field)) continue;
      Fields candidate = next;
      candidate.set(field, original.value);
      if (value_of(outgoing(record_.type, candidate.content()), field) != arrived) continue;
      next = std::move(candidate);
      if (value_of(server, field) == arrived) returned_.push_back(field);
      store_.remove_original(original.number);
    }
  }

  // The record is there again, and has another text than what its delete put aside.
  void leave_aside() {
    for (const Original& original : store_.originals_of(record_.type, record_.id)) {
      if (of_own_delete(original)) keep(store_, record_, original.field, original.value, now_);
    }
  }

  DeviceStore& store_;
  DeviceRecord& record_;
  const WallTime now_;
  const Fields local_;
  const Fields sent_;
  std::vector<std::string> returned_;
};

Result<Original> find_original(DeviceStore& store, std::uint64_t number) {
  for (Original& original : store.originals()) {
    if (original.number == number) return std::move(original);
  }
  return fail(ErrorCode::not_found, "no original with number " + std::to_string(number));
}

// The record as it is to be after the restoration.
Result<Fields> restored(DeviceStore& store, const Original& original) {
  const auto record = store.find(original.type, original.id);
  if (record && !record->content.empty()) {
    Fields fields = fields_of(record->content);
    fields.set(original.field, original.value);
    return fields;
  }
  if (!original.record.empty()) return fields_of(original.record);
  return fail(ErrorCode::not_found, "the record is gone, and only its field " + original.field +
                                        " was kept: it can be shown");
}

}  // namespace

void take_content(DeviceStore& store, DeviceRecord& record, std::string content, WallTime now) {
  if (record.type == EntityType::conflict) {
    // Only the server writes one: there is no text of the user's in it.
    record.content = std::move(content);
  } else if (content == record.content) {
    drop_stale_marks(record, fields_of(content));
  } else {
    Takeover(store, record, now).run(content);
  }
}

void show_server_version(DeviceStore& store, DeviceRecord& record, WallTime now) {
  const Fields local = fields_of(record.content);
  const Fields server = server_fields(record);
  Fields shown = server;
  for (const std::string& field : record.redacted) {
    if (const std::string* text = local.find(field)) shown.set(field, *text);
  }
  std::vector<std::string> returned;
  for (const Original& original : store.originals_of(record.type, record.id)) {
    const std::string& field = original.field;
    if (!of_own_edit(original)) continue;
    Fields candidate = shown;
    candidate.set(field, original.value);
    const Fields sent = outgoing(record.type, candidate.content());
    if (value_of(sent, field) != value_of(server, field)) continue;
    shown = std::move(candidate);
    returned.push_back(field);
    store.remove_original(original.number);
  }
  const bool live = record.shadow && !record.shadow->deleted;
  take_content(store, record, live ? shown.content() : std::string(), now);
  for (const std::string& field : returned) {
    if (live) mark(record, field);
  }
}

void put_aside(DeviceStore& store, const RecordKey& key, std::string_view content, WallTime now) {
  const auto record = store.find(key.type, key.id);
  const Fields here = fields_of(record ? record->content : std::string());
  const Fields sent = outgoing(key.type, content);
  for (const auto& [field, text] : fields_of(content)) {
    if (value_of(sent, field) == text || value_of(here, field) == text) continue;
    const DeviceRecord place{
        .type = key.type, .id = key.id, .shadow = record ? record->shadow : std::nullopt};
    keep(store, place, field, text, now);
  }
}

void put_aside_edited(DeviceStore& store, const DeviceRecord& record, std::string_view before,
                      WallTime now) {
  if (record.redacted.empty() || !record.edit || !record.shadow) return;
  const Fields old = fields_of(before);
  const Fields current = fields_of(record.content);
  for (const std::string& field : record.redacted) {
    const std::string text(value_of(old, field));
    if (text.empty() || value_of(current, field) == text) continue;
    if (!std::ranges::binary_search(record.edit->changed, field)) continue;
    store.add_original({.type = record.type,
                        .id = record.id,
                        .field = field,
                        .value = text,
                        .replaced_by = {record.shadow->rev.epoch, Version{}},
                        .at = now});
  }
}

void forget_edited(DeviceStore& store, const DeviceRecord& record,
                   const std::vector<std::string>& fields) {
  for (const Original& original : store.originals_of(record.type, record.id)) {
    const bool edited = std::ranges::binary_search(fields, original.field);
    if (edited && of_own_edit(original)) store.remove_original(original.number);
  }
}

void put_aside_deleted(DeviceStore& store, const DeviceRecord& record, WallTime now) {
  if (record.type == EntityType::conflict) return;
  const auto known = store.originals_of(record.type, record.id);
  const Fields sent = outgoing(record.type, record.content);
  for (const auto& [field, text] : fields_of(record.content)) {
    if (!is_marked(record, field) && value_of(sent, field) == text) continue;
    const bool there = std::ranges::any_of(known, [&](const Original& original) {
      return original.field == field && original.value == text;
    });
    if (there) continue;
    store.add_original({.type = record.type,
                        .id = record.id,
                        .field = field,
                        .value = text,
                        .record = record.content,
                        .at = now});
  }
}

void forget_deleted(DeviceStore& store, const RecordKey& key) {
  for (const Original& original : store.originals_of(key.type, key.id)) {
    const bool gone = of_own_delete(original) || of_own_edit(original);
    if (gone) store.remove_original(original.number);
  }
}

bool of_own_delete(const Original& original) {
  return !original.record.empty() && !original.replaced_by.version;
}

void unmark_moved(DeviceStore& store, DeviceRecord& record, std::string_view before, WallTime now) {
  if (record.redacted.empty()) return;
  const Fields local = fields_of(record.content);
  const Fields known = fields_of(before);
  const Fields server = server_fields(record);
  std::erase_if(record.redacted, [&](const std::string& field) {
    if (value_of(known, field) == value_of(server, field)) return false;
    keep(store, record, field, std::string(value_of(local, field)), now);
    return true;
  });
}

void mark(DeviceRecord& record, const std::string& field) {
  record.redacted = join(record.redacted, {field});
}

void mark_sent(DeviceRecord& record, const Fields& sent) {
  if (record.local_only || record.content.empty() || !record.shadow || record.shadow->deleted)
    return;
  if (record.content == record.shadow->content) return;
  const Fields server = server_fields(record);
  for (const auto& [field, text] : fields_of(record.content)) {
    const std::string_view stored = value_of(server, field);
    const bool edited = record.edit && std::binary_search(record.edit->changed.begin(),
                                                          record.edit->changed.end(), field);
    if (!edited && stored == value_of(sent, field) && stored != text) mark(record, field);
  }
}

void mark_edited(DeviceRecord& record, std::string_view before, const Fields& sent) {
  drop_stale_marks(record, fields_of(before));
  mark_sent(record, sent);
}

void forget_returned(DeviceStore& store, const DeviceRecord& record) {
  const Fields fields = fields_of(record.content);
  for (const Original& original : store.originals_of(record.type, record.id)) {
    if (value_of(fields, original.field) == original.value) store.remove_original(original.number);
  }
}

Result<EditOutcome> restore_original(DeviceStore& store, std::uint64_t number, WallTime now) {
  SS_ASSIGN(const Original original, find_original(store, number));
  SS_ASSIGN(const Fields fields, restored(store, original));
  SS_ASSIGN(Json data, parse_json(fields.content()));
  SS_ASSIGN(EditOutcome outcome,
            put_record(store, original.type, original.id, std::move(data), now));
  if (const auto record = store.find(original.type, outcome.id)) forget_returned(store, *record);
  return outcome;
}

Result<> discard_original(DeviceStore& store, std::uint64_t number) {
  SS_TRY(find_original(store, number));
  store.remove_original(number);
  return {};
}

void expire_originals(DeviceStore& store, WallTime now) {
  store.trim_originals(originals_max, now - originals_kept);
}

}  // namespace studiosync
