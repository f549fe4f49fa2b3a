// Goes through recorded events in their order and writes the steps that do the same.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "e2e/trace/recording.hpp"
#include "e2e/trace/script.hpp"
#include "e2e/trace/versions.hpp"

namespace studiosync::e2e {

class Replayer {
 public:
  explicit Replayer(const Together& together);

  // Once.
  Scenario run();
  std::vector<std::string> take_notes() { return std::move(notes_); }

 private:
  // A change between its place in the stream and its answer.
  struct Upload {
    OwnedKey key;
    std::uint64_t base = 0;
    std::vector<std::string> fields;  // that it set
  };
  struct Device {
    std::string user;
    std::map<OwnedKey, std::vector<std::string>> unsent;  // fields that were set
    std::map<ChangeId, Upload> uploads;
    bool uploaded = false;    // the first answer was there
    std::vector<Step> later;  // edits from while a change was under way
  };

  void look_ahead();
  void prepare();
  void put_what_was_there(const Edited& edited, const std::string& device);
  void visit(const DeviceEvent& one);
  void take(const std::string& device, const Edited& edited);
  void take(const std::string& device, const FrozenEdit& frozen);
  void take(const std::string& device, const Acknowledged& answer);
  void take(const std::string& device, const Turned& turned);
  void take(const std::string& device, const Decided& decided);
  void choose_policy(const std::string& device, const std::string& detail);
  void read_base(const std::string& device, const Edited& edited);
  void upload(const std::string& device);
  void play_other_side(const Upload& upload);
  void write_elsewhere(const OwnedKey& key, Json data);
  void flush_later(Device& device);
  void finish();
  OwnedKey key_of(const std::string& device, EntityType type, const std::string& id) const;
  void note(std::string line) { notes_.push_back(std::move(line)); }

  const Together& together_;
  std::map<std::string, Device> devices_;
  std::map<const Edited*, std::uint64_t> bases_;  // the version that an edit was based on
  std::map<ChangeId, const Acknowledged*> answers_;
  Versions versions_;
  Script script_;
  std::map<std::pair<std::string, EntityType>, Strategy> policies_;  // by user
  std::set<OwnedKey> left_open_;  // conflicts that wait for a decision at the end
  std::vector<std::string> notes_;
};

}  // namespace studiosync::e2e
