// What a device tells the recorder, and what it owes its user's ledger.
#include "loadtest/fleet/virtual_device.hpp"
#include "os/wall_clock.hpp"

namespace studiosync::load {

void VirtualDevice::note_sent(const Push& push) {
  const DeviceSet others = user_.listening_but(place_);
  const ReplicaId replica = store_.meta().replica;
  for (const PushChange& change : push.changes) {
    const RecordKey key{change.type, change.item_id};
    const auto edits = tracker_.sent(key, change.change);
    if (world_.recorder.measuring()) {
      user_.propagation.sent(replica, key, change.device_seq, edits, others);
    }
  }
}

void VirtualDevice::note_answer(const Frame& frame, Seq before) {
  const Moment now = Clock::now();
  if (const auto asked = pulls_.find(frame.id); asked != pulls_.end()) {
    world_.recorder.time(Timing::pull, asked->second, now);
    pulls_.erase(asked);
  }
  if (const auto* error = std::get_if<ErrorFrame>(&frame.body)) {
    world_.recorder.count_error(error->error.code, now);
  } else if (const auto* page = std::get_if<Changes>(&frame.body)) {
    note_rows(page->changes, before);
  } else if (const auto* pushed = std::get_if<Pushed>(&frame.body)) {
    note_rows(pushed->changes, before);
    // A stored record that differs from what was sent comes with the answer, not as a row.
    for (const ChangeResult& result : pushed->results) {
      if (result.record && world_.recorder.measuring()) note_arrival(*result.record, now);
    }
  }
}

void VirtualDevice::note_rows(const std::vector<Record>& rows, Seq before) {
  if (rows.empty() || !world_.recorder.measuring()) return;
  const DeviceMeta meta = store_.meta();
  const Moment now = Clock::now();
  for (const Record& row : rows) {
    const bool applied = before < row.seq && row.seq <= meta.cursor.seq;
    if (!applied || row.origin.replica == meta.replica) continue;
    world_.recorder.count(&Counts::applied, now);
    note_arrival(row, now);
  }
}

void VirtualDevice::note_arrival(const Record& row, Moment now) {
  note_arrived({row.type, row.id}, row.origin, row.rev.version, now);
}

void VirtualDevice::note_arrived(const RecordKey& key, const Origin& origin, Version version,
                                 Moment now) {
  for (const Moment intended : user_.propagation.applied(place_, key, origin, version, now)) {
    world_.recorder.time(Timing::propagation, intended, now);
  }
}

// Of its record, which the user's other devices are going to see. A losing side makes none.
bool VirtualDevice::made_a_version(const Settled& settled) {
  if (settled.status != Status::conflict) {
    return settled.status == Status::applied || settled.status == Status::merged;
  }
  const auto record = store_.find(settled.key.type, settled.key.id);
  return settled.copy_id.empty() && record && record->shadow &&
         record->shadow->origin.replica == store_.meta().replica;
}

void VirtualDevice::take_settled(const Settled& settled) {
  const Moment now = Clock::now();
  const auto edits = tracker_.settled(settled.key);
  for (const Moment intended : edits) world_.recorder.time(Timing::sync_latency, intended, now);
  const bool refused = settled.status == Status::rejected || settled.status == Status::held;
  if (refused) {
    world_.recorder.count_error(settled.error.value_or(Error{}).code, now);
  } else {
    world_.recorder.count(&Counts::acknowledged, now, edits.size());
  }
  if (settled.status == Status::conflict) world_.recorder.count(&Counts::conflicts, now);
  const auto stored = store_.known(settled.key.type, settled.key.id);
  if (stored && !refused) {
    user_.ledger.acknowledged(settled.key.type, settled.key.id, *stored);
  }
  if (!settled.copy_id.empty()) {
    user_.ledger.must_exist(settled.key.type, settled.copy_id);
    tracker_.moved(settled.key, {settled.key.type, settled.copy_id});
  }
  // Others' versions before it do not come any more.
  if (stored && !refused) note_arrived(settled.key, {}, Version{stored->version}, now);
  const bool arrives = stored && made_a_version(settled);
  user_.propagation.settled(store_.meta().replica, settled.key,
                            arrives ? std::optional(Version{stored->version}) : std::nullopt);
  for (const auto& [intended, at] : user_.propagation.take_early()) {
    world_.recorder.time(Timing::propagation, intended, at);
  }
}

// By this device's own rules, before it had a place in the stream.
void VirtualDevice::take_refused(const Notice& notice) {
  (void)tracker_.sent(notice.key, ChangeId{uuid_v7(os::wall_now().unix_ms, world_.random)});
  (void)tracker_.settled(notice.key);
  world_.recorder.count_error(notice.error.value_or(Error{}).code, Clock::now());
}

}  // namespace studiosync::load
