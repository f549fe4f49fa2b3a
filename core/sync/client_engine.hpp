// The device's side of the protocol as a state machine: events in, effects out. No socket, no
// clock, no thread. One table (client_engine.cpp) says what each state does with each event; what
// it does not name is ignored. Everything durable is in the DeviceStore, so another process may
// edit between two events. Not thread-safe: one event at a time.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/random.hpp"
#include "core/sync/backoff.hpp"
#include "core/sync/engine_types.hpp"
#include "core/sync/inbound.hpp"

namespace studiosync {

class ClientEngine {
 public:
  // The store must have its meta (device, replica, user) set and outlive the engine.
  ClientEngine(DeviceStore& store, EngineOptions options, Random random);

  Effects start(WallTime now);
  Effects stop(WallTime now);
  Effects opened(Connection connection, WallTime now);
  Effects closed(Connection connection, Error error, WallTime now);
  Effects received(Connection connection, const Frame& frame, WallTime now);
  // What may be sent before `received` is called with the same frame: the question for the page
  // behind the one that it brings, so that the server reads it while this one is being applied. Its
  // answer is of use after this page's commit only; where that fails the connection ends, and the
  // answer with it.
  std::optional<Frame> ask_ahead(Connection connection, const Frame& frame, WallTime now);
  Effects timer(WallTime now);
  Effects edited(WallTime now);  // local edits were written, by this process or another
  // A local edit: what `write` puts into the store, and where the connection is live its place in
  // the stream, in one transaction, so that the disk is flushed once. After an error nothing was
  // written.
  Result<Effects> edit(const std::function<Result<>()>& write, WallTime now);
  Effects token_changed(std::string token, WallTime now);
  Effects halt(Error error, WallTime now);  // login is needed
  // Compares all records with the server's as soon as everything is at rest; heals what differs.
  Effects ask_digest(WallTime now);
  // Goes on after the notice `asks`; nothing happens where nothing was asked. It may be called
  // before start: the answer is kept in the store.
  Effects confirm_sweep(WallTime now);
  // Asks for the server's head as it is from now on: what was asked before may be answered with an
  // older one. Not synced until that answer is applied.
  Effects pull_now(WallTime now);

  EngineStatus status() const;

 private:
  enum class EventKind : std::uint8_t {
    start,
    stop,
    opened,
    closed,
    timer,
    edited,
    token,
    welcome,
    pushed,
    changes,
    changed,
    reconciled,
    digest,
    confirmed,
    error,
    drain,
    revoked
  };
  struct Event;
  struct Turn;
  struct Transition;
  using Handler = void (ClientEngine::*)(Turn&, const Event&);
  static const Transition table[];

  struct Request {
    enum class Kind : std::uint8_t { hello, push, pull, reconcile, snapshot, digest, rows } kind;
    WallTime deadline;
  };

  // What a restored server is given back.
  struct GivingBack {
    Seq fork;
    Cursor place;   // up to which both histories are the same, and all of it is known here
    Epochs epochs;  // of that history
    Seq floor;
    RecordKey last;           // up to which the server has answered
    RecordKey asked;          // the last record of the frame under way
    std::size_t records = 0;  // in that frame
    std::size_t at_once;      // so many that one answer can tell what became of them
  };
  // Buckets of the digest that are to be read from the server.
  struct Healing {
    std::vector<std::uint8_t> left;
    std::size_t at_once = 0;  // so many that one answer can hold them
  };

  Effects handle(const Event& event, WallTime now);
  Effects ignored(WallTime now);
  // Every event begins here. `rung`: it is the timer's.
  Turn begin_turn(WallTime now, bool rung = false);
  void move_deadlines(Millis by);
  static EventKind kind_of(const Message& message) noexcept;

  // Handlers of the table.
  void on_start(Turn& turn, const Event& event);
  void on_stop(Turn& turn, const Event& event);
  void on_opened(Turn& turn, const Event& event);
  void on_closed(Turn& turn, const Event& event);
  void on_timer(Turn& turn, const Event& event);
  void on_edited(Turn& turn, const Event& event);
  void on_token(Turn& turn, const Event& event);
  void on_welcome(Turn& turn, const Event& event);
  void on_pushed(Turn& turn, const Event& event);
  void on_changes(Turn& turn, const Event& event);
  void on_changed(Turn& turn, const Event& event);
  void on_head(Turn& turn, const Event& event);
  void on_reconciled(Turn& turn, const Event& event);
  void on_listed(Turn& turn, const Event& event);
  void on_confirmed(Turn& turn, const Event& event);
  void on_digest(Turn& turn, const Event& event);
  void on_error(Turn& turn, const Event& event);
  void on_drain(Turn& turn, const Event& event);
  void on_revoked(Turn& turn, const Event& event);

  void enter(Turn& turn, LinkState state);
  void connect(Turn& turn);
  void retry_later(Turn& turn, Millis delay);
  void fail_link(Turn& turn, Error error);
  void stop_for(Turn& turn, Error error);
  void greet(Turn& turn);
  void go_on(Turn& turn, const Welcome& welcome);
  void adopt(const Welcome& welcome, DeviceMeta& meta, WallTime now);
  void become_live(Turn& turn);
  void leave_reset_account(Turn& turn, const Welcome& welcome);
  bool reset_meanwhile(Turn& turn, const Cursor& to);
  void start_giving_back(Turn& turn, const Welcome& welcome, Seq fork);
  void give_back(Turn& turn);
  void on_reconcile_refused(Turn& turn, const Error& error);
  void finish_giving_back(Turn& turn, const Cursor& to);
  void start_snapshot(Turn& turn);
  void finish_snapshot(Turn& turn, const Cursor& to);
  void ask_before_sweep(Turn& turn);
  void start_over(Turn& turn, const Error& error);
  bool stream_fits(const Welcome& welcome, const DeviceMeta& meta);
  void resend_frozen(Turn& turn);
  bool may_push() const;
  void push_pending(Turn& turn);
  Frozen freeze_batch(WallTime now);
  bool send_batch(Turn& turn, const Frozen& frozen);
  void send_push(Turn& turn, const std::vector<FrozenChange>& changes);
  void pull(Turn& turn);
  bool pulling(std::string_view but_for = {}) const;
  void pull_if_behind(Turn& turn);
  void request(Turn& turn, Request::Kind kind, Message message);
  std::optional<Request::Kind> answered(const std::string& id);
  void on_push_refused(Turn& turn, const Error& error);
  void restart_replica(Turn& turn, const Error& error);
  ReplicaId new_replica(WallTime now);
  bool begin(Turn& turn, Durability durability);
  bool begin_beside_copy(Turn& turn);
  bool commit(Turn& turn);
  void succeeded();
  void note_attempt(Turn& turn, const Error& error);
  void hear_of(const Cursor& head);
  static void move_on(DeviceMeta& meta, const Cursor& to);
  static void note_ahead(DeviceMeta& meta, const Cursor& to);
  bool at_rest() const;
  void check_digest(Turn& turn);
  void put_off_digest(Turn& turn);
  void plan_digest(Turn& turn, WallTime at);
  void compare_sums(Turn& turn, const DigestSums& sums);
  void read_buckets(Turn& turn);
  void heal(Turn& turn, const std::vector<Record>& rows);
  void on_rows_refused(Turn& turn, const Error& error);
  void note_recovery(Turn& turn, std::string_view what);
  void note_rows(Turn& turn, std::vector<RecordKey> keys);
  void note_settled(Turn& turn, const Settled& settled);
  void schedule(Turn& turn);

  DeviceStore& store_;
  EngineOptions options_;
  Random random_;
  Backoff backoff_;
  LinkState state_ = LinkState::stopped;
  Connection connection_;
  std::string token_;
  std::map<std::string, Request> requests_;
  std::uint64_t last_request_ = 0;
  std::size_t batch_;
  // Deadlines are times of the device's clock, and move along when it is set.
  std::optional<WallTime> last_event_;
  std::optional<WallTime> promised_;  // when the host is to call timer()
  std::optional<WallTime> wake_;      // reconnect, or resend what was refused for now
  WallTime next_pull_;
  std::optional<Millis> drain_delay_;
  bool refused_for_now_ = false;  // frozen changes wait for wake_
  Cursor head_;
  bool head_wanted_ = false;  // a pull that begins after pull_now
  std::optional<GivingBack> giving_back_;
  std::set<RecordKey> listed_;  // by the snapshot under way
  bool digest_asked_ = false;
  WallTime digest_due_;
  std::optional<Healing> healing_;
  std::optional<Error> last_error_;
};

}  // namespace studiosync
