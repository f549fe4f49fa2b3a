// Writes down what an event changed in a device's store: frozen edits, answers, the cursor's moves.
#pragma once

#include <set>
#include <string>

#include "core/protocol/message.hpp"
#include "core/sync/device_store.hpp"
#include "e2e/sim/recorder.hpp"

namespace studiosync::e2e {

class DeviceWatch {
 public:
  DeviceWatch(Recorder& recorder, std::string lane, std::string user)
      : recorder_(recorder), lane_(std::move(lane)), user_(std::move(user)) {}

  // Around one event of the engine; `frame` is what it received, or null.
  void before(DeviceStore& store, const Frame* frame);
  void after(DeviceStore& store, const Frame* frame);

 private:
  void note_frozen(DeviceStore& store, const DeviceMeta& now);
  void note_answers(DeviceStore& store, const Pushed& pushed);
  void note_moved(const DeviceMeta& now, const Frame* frame);

  Recorder& recorder_;
  const std::string lane_;
  const std::string user_;
  DeviceMeta then_;
  std::set<DeviceSeq> outbox_;  // those that the frame answers and that waited
};

}  // namespace studiosync::e2e
