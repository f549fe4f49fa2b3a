// Writes down what an event of the engine changed in a device's store: frozen edits, answers, the
// cursor's moves. Whoever lets the user edit writes down the edits.
#pragma once

#include <set>
#include <string>

#include "core/protocol/message.hpp"
#include "core/sync/device_store.hpp"
#include "e2e/history/history_sink.hpp"

namespace studiosync::e2e {

// A change as it waits in the device's outbox.
FrozenEdit frozen_edit(ReplicaId replica, const FrozenChange& change);

// On the device's thread. The sink outlives it.
class DeviceWatch {
 public:
  DeviceWatch(HistorySink& sink, std::string lane, std::string user)
      : sink_(sink), lane_(std::move(lane)), user_(std::move(user)) {}

  // Around one event of the engine; `frame` is what it received, or null.
  void before(DeviceStore& store, const Frame* frame);
  void after(DeviceStore& store, const Frame* frame);

 private:
  void note_frozen(DeviceStore& store, const DeviceMeta& now);
  void note_answers(DeviceStore& store, const Pushed& pushed);
  void note_moved(const DeviceMeta& now, const Frame* frame);

  HistorySink& sink_;
  const std::string lane_;
  const std::string user_;
  DeviceMeta then_;
  std::set<DeviceSeq> outbox_;  // those that the frame answers and that waited
};

}  // namespace studiosync::e2e
