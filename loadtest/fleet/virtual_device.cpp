#include "loadtest/fleet/virtual_device.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include "core/base/check.hpp"
#include "core/protocol/codec.hpp"
#include "e2e/history/device_state.hpp"
#include "e2e/history/user_edit.hpp"
#include "os/wall_clock.hpp"

namespace studiosync::load {
namespace {

// The engine's requests are numbered; this one is not among them.
constexpr const char* digest_request = "compare";

// The store has not what the engine's own comparison needs.
EngineOptions engine_options() {
  EngineOptions options;
  options.digest_interval = Millis{10LL * 365 * 24 * 3600 * 1000};
  return options;
}

}  // namespace

VirtualDevice::VirtualDevice(World& world, User& user, Options options)
    : world_(world),
      user_(user),
      place_(options.place),
      name_(options.id),
      source_address_(options.source_address),
      store_(options.contents_max),
      replica_{uuid_v7(os::wall_now().unix_ms, world.random)},
      engine_(store_, engine_options(), Random(world.random.next())),
      alarm_(world.alarms.add(
          [this] { turn(nullptr, [this] { return engine_.timer(os::wall_now()); }); })) {
  give_identity(options);
  world_.recorder.added(state_);
  if (world_.history != nullptr && options.in_history) {
    watch_.emplace(*world_.history, name_, user_.account.user_id);
    note(e2e::Turned::What::started);
  }
  turn(nullptr, [this] { return engine_.token_changed(user_.account.token, os::wall_now()); });
}

VirtualDevice::~VirtualDevice() {
  world_.alarms.remove(alarm_);
  world_.recorder.removed(state_);
}

void VirtualDevice::give_identity(const Options& options) {
  SS_CHECK(store_.begin().has_value());
  DeviceMeta meta = store_.meta();
  meta.device.value = options.id;
  meta.device_name = options.id;
  meta.user_id = user_.account.user_id;
  meta.replica = replica_;
  store_.set_meta(meta);
  SS_CHECK(store_.commit().has_value());
}

void VirtualDevice::start(Moment intended) {
  if (std::exchange(online_, true)) return;
  const bool first = !std::exchange(started_, true);
  connecting_since_ = intended;
  if (watch_ && !first) note(e2e::Turned::What::went_online);
  turn(nullptr, [this] { return engine_.start(os::wall_now()); });
}

void VirtualDevice::stop() {
  if (watch_ && online_) note(e2e::Turned::What::went_offline);
  online_ = false;
  connecting_since_.reset();
  turn(nullptr, [this] { return engine_.stop(os::wall_now()); });
}

void VirtualDevice::cut() {
  if (!socket_) return;
  socket_.reset();
  turn(nullptr, [this] {
    return engine_.closed(connection_, {.code = ErrorCode::network_error, .message = "cut"},
                          os::wall_now());
  });
}

Result<> VirtualDevice::put(EntityType type, const std::string& id, Json data, Moment intended) {
  const WallTime now = os::wall_now();
  const Moment begun = Clock::now();
  Result<> done;
  turn(nullptr, [&]() -> Effects {
    EditOutcome outcome;
    std::optional<e2e::Edited> edited;
    auto effects = engine_.edit(
        [&]() -> Result<> {
          SS_ASSIGN(outcome, watch_ ? write(type, id, data, now, edited)
                                    : put_record(store_, type, id, std::move(data), now));
          return {};
        },
        now);
    if (!effects) {
      world_.recorder.count_error(effects.error().code, begun);
      done = Unexpected(std::move(effects).error());
      return engine_.edited(now);
    }
    world_.recorder.time(Timing::local_edit, begun, Clock::now());
    if (outcome.queued) tracker_.edited({type, outcome.id}, intended);
    if (edited) world_.history->note(name_, std::move(*edited));
    return std::move(*effects);
  });
  return done;
}

Result<EditOutcome> VirtualDevice::write(EntityType type, const std::string& id, const Json& data,
                                         WallTime now, std::optional<e2e::Edited>& edited) {
  const auto shown = [&](const std::string& of) {
    return store_.find(type, of).value_or(DeviceRecord{}).content;
  };
  std::string before = shown(id);
  SS_ASSIGN(EditOutcome outcome, put_record(store_, type, id, data, now));
  edited = e2e::Edited{.user = user_.account.user_id,
                       .type = type,
                       .id = outcome.id,
                       .before = outcome.id == id ? std::move(before) : std::string(),
                       .after = e2e::edited_data(shown(outcome.id), data).canonical(),
                       .local_only = outcome.local_only};
  return outcome;
}

void VirtualDevice::note(e2e::Turned::What what) {
  world_.history->note(name_, e2e::Turned{.what = what});
}

void VirtualDevice::note_state() {
  if (!watch_) return;
  e2e::DeviceState state = e2e::device_state(store_);
  state.user = user_.account.user_id;
  state.link = to_string(state_);
  state.synced = engine_.status().synced;
  world_.history->note(name_, std::move(state));
}

template <class MakeEffects>
void VirtualDevice::turn(const Frame* frame, MakeEffects event) {
  if (watch_) watch_->before(store_, frame);
  Effects effects = event();
  if (watch_) watch_->after(store_, frame);
  apply(std::move(effects));
}

void VirtualDevice::apply(Effects effects) {
  if (effects.disconnect) socket_.reset();
  if (effects.connect) open(*effects.connect);
  // Answers first: the next change of a record leaves in the turn that settles the one before.
  for (const Notice& notice : effects.notices) take(notice);
  for (const Frame& frame : effects.send) send(frame);
  world_.alarms.set(alarm_, effects.wake_at);
  tell_if_synced();
}

void VirtualDevice::open(Connection connection) {
  connection_ = connection;
  pulls_.clear();
  client::WsClient::Callbacks callbacks;
  callbacks.on_open = [this, connection] {
    turn(nullptr, [&] { return engine_.opened(connection, os::wall_now()); });
  };
  callbacks.on_message = [this, connection](const std::string& message) {
    receive(connection, message);
  };
  callbacks.on_close = [this, connection](Error error) { closed(connection, std::move(error)); };
  client::WsClientOptions options;
  options.url = world_.url;
  options.ca_file = world_.ca_file;
  options.source_address = source_address_;
  socket_ = std::make_unique<client::WsClient>(world_.io, std::move(options), std::move(callbacks));
  socket_->connect();
}

void VirtualDevice::closed(Connection connection, Error error) {
  world_.recorder.count_error(error.code, Clock::now());
  tell_digest(std::nullopt);  // its answer does not come any more
  turn(nullptr, [&] { return engine_.closed(connection, std::move(error), os::wall_now()); });
}

void VirtualDevice::send(const Frame& frame) {
  if (!socket_) return;
  if (const auto* push = std::get_if<Push>(&frame.body)) note_sent(*push);
  const Moment now = Clock::now();
  if (std::holds_alternative<Pull>(frame.body)) pulls_[frame.id] = now;
  std::string bytes = encode(frame, Encoding::json);
  world_.recorder.count(&Counts::bytes_sent, now, bytes.size());
  socket_->send(std::move(bytes));
}

void VirtualDevice::receive(Connection connection, const std::string& message) {
  ++world_.progress;
  world_.recorder.count(&Counts::bytes_received, Clock::now(), message.size());
  auto frame = decode(message, Encoding::json);
  if (!frame) {
    closed(connection, std::move(frame).error());
    return;
  }
  if (take_own_answer(*frame)) return;
  const Seq before = store_.meta().cursor.seq;
  turn(&*frame, [&] { return engine_.received(connection, *frame, os::wall_now()); });
  note_answer(*frame, before);
}

void VirtualDevice::take(const Notice& notice) {
  if (notice.kind == Notice::Kind::state) take_state();
  if (notice.settled) {
    take_settled(*notice.settled);
  } else if (notice.kind == Notice::Kind::rejected) {
    take_refused(notice);
  }
}

void VirtualDevice::take_state() {
  const LinkState now_in = engine_.status().state;
  if (now_in == state_) return;
  world_.recorder.moved(state_, now_in);
  const bool up = now_in == LinkState::live || now_in == LinkState::recovering;
  const bool was_up = state_ == LinkState::live || state_ == LinkState::recovering;
  state_ = now_in;
  const Moment now = Clock::now();
  if (up && connecting_since_) {
    world_.recorder.time(Timing::connect, *connecting_since_, now);
    if (std::exchange(welcomed_, true)) world_.recorder.count(&Counts::reconnects, now);
    connecting_since_.reset();
  } else if (was_up && !up && online_) {
    connecting_since_ = now;
  }
}

void VirtualDevice::when_synced(std::function<void()> told) {
  when_synced_.push_back(std::move(told));
  tell_if_synced();
}

void VirtualDevice::tell_if_synced() {
  if (when_synced_.empty() || state_ != LinkState::live || !engine_.status().synced) return;
  ++world_.progress;
  for (auto& told : std::exchange(when_synced_, {})) boost::asio::post(world_.io, std::move(told));
}

void VirtualDevice::pull_now() {
  turn(nullptr, [this] { return engine_.pull_now(os::wall_now()); });
}

void VirtualDevice::compare_digest(std::function<void(std::optional<bool>)> told) {
  digest_told_ = std::move(told);
  if (!socket_) return tell_digest(std::nullopt);
  send({digest_request, DigestRequest{store_.meta().cursor, {}}});
}

void VirtualDevice::tell_digest(std::optional<bool> equal) {
  if (!digest_told_) return;
  boost::asio::post(world_.io,
                    [told = std::exchange(digest_told_, nullptr), equal] { told(equal); });
}

bool VirtualDevice::take_own_answer(const Frame& frame) {
  if (frame.id != digest_request) return false;
  std::optional<bool> equal;
  const auto* answer = std::get_if<DigestAnswer>(&frame.body);
  const QueueCounts counts = store_.counts();
  const bool at_rest = counts.pending + counts.frozen == 0;
  if (answer != nullptr && at_rest && answer->cursor == store_.meta().cursor) {
    equal = answer->sums == store_.digest();
  }
  tell_digest(equal);
  return true;
}

void VirtualDevice::give_up() {
  when_synced_.clear();
  const Moment now = Clock::now();
  for (const Moment intended : tracker_.give_up()) {
    world_.recorder.time(Timing::sync_latency, intended, now);
    world_.recorder.count_error(ErrorCode::timeout, now);
  }
  if (connecting_since_ && online_) {
    world_.recorder.time(Timing::connect, *connecting_since_, now);
    world_.recorder.count_error(ErrorCode::timeout, now);
  }
}

}  // namespace studiosync::load
