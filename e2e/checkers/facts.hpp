// A history, read once: who edited what, which change carried it, what the server made of it, what
// everybody holds at the end. Rules only ask.
//
// Everything is in the order of the history, and referred to by its index in these lists. Hash maps
// serve look-ups only. Pure; any thread; refers to the history, which must outlive it.
#pragma once

#include <set>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "e2e/checkers/content.hpp"
#include "e2e/history/event.hpp"

namespace studiosync::e2e::judging {

inline constexpr std::size_t none = SIZE_MAX;
using Index = std::size_t;

enum class RecordNo : std::uint32_t {};
enum class LaneNo : std::uint32_t {};
constexpr Index index(RecordNo record) {
  return static_cast<Index>(record);
}
constexpr Index index(LaneNo lane) {
  return static_cast<Index>(lane);
}

struct FieldChange {
  FieldNo field;
  ValueNo from;
  ValueNo to;
};

// A user's edit. A delete changes every field to absent.
struct Edit {
  Index event = 0;
  LaneNo lane{};
  RecordNo record{};
  const Edited* what = nullptr;
  const Content* before = nullptr;
  const Content* after = nullptr;
  std::vector<FieldChange> changes;
  std::vector<RecordNo> copies;   // where it went on: its change became a copy
  std::vector<Index> carriers;    // changes
  std::set<FieldNo> left_behind;  // refused, and on the list only when it went along with others
  Index accepted = none;          // the first Ack that took it, whatever became of it
  Index taken_back = none;        // event: its device was restored from a backup made before it
  bool left_given_up = false;     // its user discarded that
  Index given_up = none;          // event: its user discarded the last refused change with it
  bool deletes() const noexcept { return what->action == Action::remove; }
};

// A change by its id, wherever it shows.
struct Change {
  ChangeId id;
  std::vector<Index> freezes;
  std::vector<Index> edits;
  std::vector<Index> acks;
  std::vector<Index> commits;
};

struct Freeze {
  Index event = 0;
  LaneNo lane{};
  RecordNo record{};
  Index change = none;
  const FrozenEdit* what = nullptr;
  bool wanted = false;  // a user's edit is behind it
};

struct Ack {
  Index event = 0;
  LaneNo lane{};
  RecordNo record{};
  Index change = none;
  const Acknowledged* what = nullptr;
  Status outcome() const noexcept { return what->first_status.value_or(what->status); }
  bool accepted() const noexcept {
    return outcome() != Status::rejected && outcome() != Status::held;
  }
};

// What a user decided about a refused change.
struct Decision {
  Index event = 0;
  LaneNo lane{};
  RecordNo record{};
  Index change = 0;
  Decided::What what{};
  const Content* shown = nullptr;  // what the record shows from then on; null: it is gone
};

// A row that the server wrote. A restore from an older backup undoes rows, a reset or a collection
// of tombstones clears them away.
struct Commit {
  Index event = 0;
  RecordNo record{};
  Index change = none;  // none for a nil change
  const Committed* what = nullptr;
  const Content* content = nullptr;
  Index before = none;   // the row that it replaced
  Index undone = none;   // event
  Index cleared = none;  // event
  const Record& row() const noexcept { return what->row; }
};

struct Move {
  Index event = 0;
  LaneNo lane{};
  const Moved* what = nullptr;
  std::vector<RecordNo> records;  // as what->rows
};

struct Turn {
  Index event = 0;
  LaneNo lane{};
  const Turned* what = nullptr;
};

// A device learned of a version of a record, by a row or by an answer.
struct Learned {
  Index event = 0;
  LaneNo lane{};
  Rev rev;
};

// A conflict's record as one commit wrote it.
struct Dispute {
  Index commit = 0;
  RecordNo item{};
  const Content* local = nullptr;
  const Content* remote = nullptr;
  bool local_deleted = false;
  bool remote_deleted = false;
  bool open = false;
  bool decided = false;  // by a person
  std::string_view strategy;
};

// A text that somebody has at the end, where an edit may have found its place. What a device that
// claims to be synced merely shows is none: the server has to have it.
struct Holding {
  enum class Where : std::uint8_t { server, archive, conflict, device, rejected, original, aside };
  Where where{};
  Index lane = none;
  const Content* content = nullptr;
};

struct RecordFacts {
  std::string_view user;
  EntityType type{};
  std::string_view id;
  std::vector<Index> edits;
  std::vector<Index> commits;
  std::vector<Learned> learned;
  std::vector<Index> disputes;
  std::vector<Holding> holdings;
  const Record* served = nullptr;  // as the server has it at the end
  Index current = none;            // commit
  RecordNo line{};                 // the same for a record and the copies that were made of it
  bool stray = false;              // of a line whose first is a copy, and nobody says of what
  // Conflicts are named after what they are about, copies by what made them. Users may give such
  // names, too.
  bool is_copy() const noexcept { return id.starts_with("c-"); }
};

struct LaneFacts {
  std::string_view name;
  const DeviceState* last = nullptr;  // what it holds at the end; null where nobody says
  Index last_event = none;
  // What its user did is here, from the first change of its stream on; of a clone, also what was
  // done on the device that it is a clone of.
  bool edits_known = false;
  std::vector<std::pair<Index, Index>> restores;  // event of the backup, of the restore
};

struct UserFacts {
  std::string_view name;
  const ServerState* last = nullptr;
  Index last_event = none;
  std::vector<Index> commits;
  std::vector<Index> resets;  // events
  bool whole_log = false;     // every row of the log is here from the first on
};

struct Facts {
  const History* history = nullptr;
  Contents contents;
  std::vector<Edit> edits;
  std::vector<Change> changes;
  std::vector<Freeze> freezes;
  std::vector<Ack> acks;
  std::vector<Decision> decisions;
  std::vector<Commit> commits;
  std::vector<Move> moves;
  std::vector<Turn> turns;
  std::vector<Dispute> disputes;  // in the order of their commits
  std::vector<RecordFacts> records;
  std::vector<RecordNo> copies;  // those among them that are copies
  std::vector<LaneFacts> lanes;
  std::vector<UserFacts> users;
  std::vector<Index> server_restores;  // events

  const RecordFacts& record(RecordNo number) const { return records[index(number)]; }
  RecordFacts& record(RecordNo number) { return records[index(number)]; }
  const LaneFacts& lane(LaneNo number) const { return lanes[index(number)]; }
  const UserFacts* user(std::string_view name) const noexcept;
  const Event& event(Index at) const { return (*history)[at]; }

  std::optional<RecordNo> find(std::string_view user, EntityType type, std::string_view id) const;
  // The same; a new one where it is unknown.
  RecordNo number(std::string_view user, EntityType type, std::string_view id);
  UserFacts& owner(std::string_view name);
  // A commit as it lay on the server's disk then: neither undone nor cleared away before.
  bool stood(Index commit, Index event) const noexcept {
    return commits[commit].undone >= event && commits[commit].cleared >= event;
  }
  bool reset_after(std::string_view user, Index event) const noexcept;
  // Retention may have run as if much time had passed.
  bool collected_after(std::string_view user, Index event) const noexcept;
  // Whose database a device began with, and the event; none where it began with an empty one.
  struct Cloning {
    LaneNo original{};
    Index event = 0;
  };
  std::optional<Cloning> cloning(LaneNo clone) const noexcept;
  // Whether an edit was made on a device before an event, or on the one that it was cloned from
  // before that.
  bool made_on(LaneNo lane, Index before, const Edit& edit) const noexcept;
  // Who a device is to the server: a clone is its original.
  LaneNo identity(LaneNo lane) const noexcept;
  // The turn that revoked the device; null where none did.
  const Turn* revoked(LaneNo lane) const noexcept;
  // Whether a device was revoked, and the server told it nothing after an event.
  bool gone_by(LaneNo lane, Index event) const noexcept;
  // Whether a crash may have taken what a device had learned, before it heard of the server's
  // restore: the user's edits are flushed to the disk at once, and all before them; rows and
  // answers are not. A device that went on from where it was has lost nothing.
  bool lost_in_crash(LaneNo lane, Index learned, Index restore) const noexcept;
  // Whether a restore took away, or may have, something that a change wrote, or one that carried an
  // edit.
  bool undone(const Change& change) const noexcept;
  bool undone(const Edit& edit) const noexcept;
  // Whether the history says what the server wrote.
  bool has_commits() const noexcept { return !commits.empty(); }

  struct Name {
    std::string_view user;
    EntityType type;
    std::string_view id;
    bool operator==(const Name&) const = default;
  };
  struct NameHash {
    std::size_t operator()(const Name& name) const noexcept;
  };
  std::unordered_map<Name, RecordNo, NameHash> numbers;
  std::unordered_map<std::string_view, Index> user_numbers;
};

Facts facts_of(const History& history);

// Whether one may be a copy of the other, or both of a third.
inline bool akin(const RecordFacts& one, const RecordFacts& other) noexcept {
  return one.line == other.line || one.stray || other.stray;
}

// Nothing brings it back.
inline bool absorbing(const Record& row) noexcept {
  return row.deleted && !row.reason.empty();
}

}  // namespace studiosync::e2e::judging
