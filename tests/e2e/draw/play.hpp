// Writes a history by hand, as a play: what devices and server would have said in a real run.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "e2e/history/event.hpp"
#include "e2e/scenario/scenario.hpp"

namespace studiosync::testing {

class Play {
 public:
  explicit Play(const e2e::Scenario& scenario);

  void wait(std::int64_t ms) { now_ = now_ + Millis{ms}; }
  std::uint64_t note(const std::string& lane, e2e::Happening what);
  std::uint64_t turn(const std::string& lane, e2e::Turned::What what, std::string detail = {});

  // The user's; empty content deletes.
  void edit(const std::string& device, const std::string& id, const std::string& content);
  // What the device edited since the last time gets its place, travels, is committed and answered,
  // and the user's other devices that hear something are told. Returns the last answer's event.
  std::uint64_t sync(const std::string& device, Status status = Status::applied);
  // A frame that the device sends and nobody gets.
  void lose(const std::string& from, const std::string& to, const std::string& frame,
            const std::string& why);
  void exchange(const std::string& device, const std::string& request, const std::string& answer);
  void hear_nothing(const std::string& device) { deaf_.insert(device); }
  void catch_up(const std::string& device);
  void describe(const std::string& device);
  void describe_server(const std::string& user);
  void server_starts(std::uint64_t epoch);

  e2e::History take() && { return std::move(history_); }

 private:
  struct Device {
    std::string user;
    ReplicaId replica;
    DeviceSeq last;
    Cursor cursor;
    std::vector<e2e::Edited> unsent;
  };
  struct Log {
    Seq head;
    std::map<std::string, Record> rows;
  };

  std::uint64_t send(const std::string& from, const std::string& to, const std::string& frame,
                     const std::string& about);
  void arrive(const std::string& lane, std::uint64_t message);
  e2e::FrozenEdit freeze(const std::string& name, const e2e::Edited& edit);
  Record commit(const std::string& device, const e2e::FrozenEdit& change, const e2e::Edited& edit);
  std::uint64_t answer(const std::string& name, const e2e::FrozenEdit& change, const Record& row,
                       Status status);
  void tell(const std::string& device, const std::vector<Record>& rows);
  Cursor head_of(const std::string& user);

  std::map<std::string, Device> devices_;
  std::map<std::string, Log> logs_;
  std::map<std::string, std::string> contents_;  // by device and id
  std::set<std::string> deaf_;
  e2e::History history_;
  WallTime now_{1'790'000'000'000};
  Epoch epoch_;
  std::uint64_t messages_ = 0;
  std::uint8_t changes_ = 0;
};

}  // namespace studiosync::testing
