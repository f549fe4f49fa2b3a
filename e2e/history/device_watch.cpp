#include "e2e/history/device_watch.hpp"

#include <limits>

namespace studiosync::e2e {
namespace {

const Pushed* pushed_in(const Frame* frame) {
  return frame == nullptr ? nullptr : std::get_if<Pushed>(&frame->body);
}

void add_rows(std::vector<Moved::Row>& rows, const std::vector<Record>& records) {
  for (const Record& record : records) {
    rows.push_back({record.type, record.id, record.rev, record.seq});
  }
}

std::vector<Moved::Row> rows_of(const Frame& frame) {
  std::vector<Moved::Row> rows;
  if (const auto* page = std::get_if<Changes>(&frame.body)) add_rows(rows, page->changes);
  if (const auto* answer = std::get_if<Reconciled>(&frame.body)) add_rows(rows, answer->changes);
  if (const auto* pushed = std::get_if<Pushed>(&frame.body)) {
    add_rows(rows, pushed->changes);
    for (const ChangeResult& result : pushed->results) {
      const auto type = parse_entity_type(result.item_type);
      if (type && result.rev.version) rows.push_back({*type, result.item_id, result.rev, {}});
    }
  }
  return rows;
}

// A move that is no reading on, by the reason that the device has for it: a recovery that it is in,
// a snapshot that it was sent, or a reset account. That the cursor falls is none: it is what the
// checker looks for.
bool starts_over(const DeviceMeta& then, const DeviceMeta& now, const Frame* frame) {
  const auto* page = frame == nullptr ? nullptr : std::get_if<Changes>(&frame->body);
  return (page != nullptr && page->snapshot) || then.recovery != Recovery::none ||
         now.recovery != Recovery::none || now.cursor.generation != then.cursor.generation;
}

}  // namespace

FrozenEdit frozen_edit(ReplicaId replica, const FrozenChange& change) {
  return {.replica = replica,
          .seq = change.seq,
          .change = change.change,
          .type = change.type,
          .id = change.id,
          .action = change.action,
          .base = change.base};
}

void DeviceWatch::before(DeviceStore& store, const Frame* frame) {
  then_ = store.meta();
  outbox_.clear();
  const Pushed* pushed = pushed_in(frame);
  if (pushed == nullptr) return;
  for (const ChangeResult& result : pushed->results) {
    const auto waiting = store.find_frozen(result.device_seq);
    if (waiting && to_string(waiting->change) == result.change_id) {
      outbox_.insert(result.device_seq);
    }
  }
}

void DeviceWatch::after(DeviceStore& store, const Frame* frame) {
  const DeviceMeta now = store.meta();
  if (const Pushed* pushed = pushed_in(frame)) note_answers(store, *pushed);
  if (now.cursor != then_.cursor) note_moved(now, frame);
  if (now.last_frozen != then_.last_frozen || now.replica != then_.replica) {
    note_frozen(store, now);
  }
}

void DeviceWatch::note_frozen(DeviceStore& store, const DeviceMeta& now) {
  const DeviceSeq known = now.replica == then_.replica ? then_.last_frozen : DeviceSeq{};
  for (const FrozenChange& change : store.frozen(known, std::numeric_limits<std::size_t>::max())) {
    sink_.note(lane_, frozen_edit(now.replica, change));
  }
}

void DeviceWatch::note_answers(DeviceStore& store, const Pushed& pushed) {
  for (const ChangeResult& result : pushed.results) {
    if (!outbox_.contains(result.device_seq) || store.find_frozen(result.device_seq)) continue;
    const auto change = parse_uuid<ChangeId>(result.change_id);
    const auto type = parse_entity_type(result.item_type);
    if (!change || !type) continue;
    Acknowledged answer{.user = user_,
                        .replica = then_.replica,
                        .seq = result.device_seq,
                        .change = *change,
                        .type = *type,
                        .id = result.item_id,
                        .status = result.status,
                        .first_status = result.first_status,
                        .rev = result.rev,
                        .copy_id = result.copy_id,
                        .conflict_id = result.conflict_id};
    if (result.error) answer.error = result.error->code;
    sink_.note(lane_, std::move(answer));
  }
}

void DeviceWatch::note_moved(const DeviceMeta& now, const Frame* frame) {
  Moved moved{.user = user_,
              .replica = now.replica,
              .from = then_.cursor,
              .to = now.cursor,
              .resync = starts_over(then_, now, frame)};
  if (frame != nullptr) moved.rows = rows_of(*frame);
  sink_.note(lane_, std::move(moved));
}

}  // namespace studiosync::e2e
