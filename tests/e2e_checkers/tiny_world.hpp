// A server and devices in a hundred lines, which do right: their histories must be found right, and
// a wrong history is one of theirs with one thing changed. Saved queries of one user only, unless
// said otherwise; a conflict is settled by keep-both.
#pragma once

#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/base/fields.hpp"
#include "e2e/checkers/check.hpp"

namespace studiosync::e2e::testing {

class TinyWorld {
 public:
  TinyWorld();

  // The user's. A value is canonical JSON; empty removes the field.
  void put(const std::string& lane, const std::string& id, const std::string& field,
           const std::string& value);
  void remove(const std::string& lane, const std::string& id);
  // Under a type and a name that is nobody else's: the record never leaves the device.
  void put_private(const std::string& lane, const std::string& id, const std::string& text);

  // The device's.
  void push(const std::string& lane);
  void pull(const std::string& lane);
  void sync(const std::string& lane);
  void backup(const std::string& lane);
  void restore(const std::string& lane);

  // The server's. A restored one gets nothing back: these devices do not reconcile.
  void server_backup();
  void server_restore();

  void wait(Millis span) { now_ = now_ + span; }
  void note(const std::string& lane, Happening what);
  // What everybody holds, as the history's last events.
  void end();

  History history;
  static constexpr const char* user = "ann";

 private:
  struct FieldAge {
    Version version;
    ReplicaId author;
  };
  struct Stored {
    Record row;
    Fields fields;
    std::map<std::string, FieldAge> ages;
  };
  struct Pending {
    Action action = Action::upsert;
    Version base;
    std::vector<std::string> changed;
  };
  struct Kept {
    Fields fields;
    bool live = false;
    bool local_only = false;
    std::optional<Record> shadow;
    std::optional<Pending> edit;
  };
  struct Device {
    ReplicaId replica;
    DeviceSeq last;
    Cursor cursor;
    std::map<std::string, Kept> records;
  };
  struct Server {
    Seq head;
    std::map<std::string, Stored> rows;
  };
  struct Outcome {
    Status status = Status::unchanged;
    Rev rev;
    std::string copy_id;
    std::string conflict_id;
  };

  Device& device(const std::string& lane);
  ReplicaId new_replica();
  Outcome apply(const std::string& lane, const std::string& id, const Pending& edit,
                const Fields& fields, ChangeId change);
  Outcome keep_both(const std::string& lane, const std::string& id, const Fields& fields,
                    bool deleted, ChangeId change);
  Rev write(const std::string& lane, EntityType type, const std::string& id, bool deleted,
            const Fields& fields, ChangeId change);
  static std::vector<std::string> unseen(ReplicaId author, const Stored& stored, Version base);
  std::vector<Record> rows_after(Seq seq) const;
  void take(Device& device, const Record& row);

  WallTime now_{1'700'000'000'000};
  std::map<std::string, Device> devices_;
  std::map<std::string, Device> backups_;
  Server server_;
  Server server_copy_;
  Epoch epoch_{1};
  std::uint64_t made_ = 0;  // replicas, changes
};

// The names of the rules that a history breaks, each once, in the order of the rules.
std::vector<std::string> broken(const History& history);

// The last event of a kind, for changing it.
template <class Kind>
Kind& last(History& history, std::size_t before_last = 0) {
  for (auto event = history.rbegin(); event != history.rend(); ++event) {
    if (auto* what = std::get_if<Kind>(&event->what); what != nullptr && before_last-- == 0) {
      return *what;
    }
  }
  throw std::logic_error("the history has no such event");
}

template <class Kind>
std::size_t place_of_last(const History& history) {
  for (std::size_t i = history.size(); i-- > 0;) {
    if (std::holds_alternative<Kind>(history[i].what)) return i;
  }
  return history.size();
}

// Without one event; the others keep their order and get their places.
void drop(History& history, std::size_t event);
void insert(History& history, std::size_t before, const std::string& lane, Happening what);

}  // namespace studiosync::e2e::testing
