// One device's push channel: hello first, then requests; rows and hints in between.
// Messages come on the connection's I/O thread, commits on writer threads, reads on workers.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "core/protocol/codec.hpp"
#include "server/channel/channel_context.hpp"
#include "server/channel/live_state.hpp"
#include "server/channel/unanswered.hpp"
#include "server/net/ws_types.hpp"

namespace studiosync::server {

class DeviceChannel final : public WsHandler,
                            public Subscriber,
                            public std::enable_shared_from_this<DeviceChannel> {
 public:
  DeviceChannel(ChannelContext& context, const WsUpgrade& upgrade, std::shared_ptr<WsPeer> peer);

  bool takes_messages() const override { return unanswered_.room(); }
  std::size_t message_bytes_max() const override;
  void on_message(std::string payload) override;
  void on_drained() override;
  void on_close() override;

  void offer(const std::shared_ptr<const Broadcast>& broadcast) override;
  void end(const Message& farewell, std::uint16_t close_code) override;
  bool in_session(const std::string& session_id) const override;
  const DeviceId& device() const override { return author_.device; }

  // Cuts a device that does not greet in time, or whose token has run out.
  void sweep(WallTime now);
  bool closed() const noexcept { return closed_; }

 private:
  // `ended`: refused or told to go; what is still on its way in is not looked at any more.
  enum class Phase : std::uint8_t { silent, greeting, open, ended };

  void dispatch(Frame frame);
  void take(const std::string& id, Hello hello);
  void take(const std::string& id, Push push);
  void take(const std::string& id, const Pull& pull);
  void take(const std::string& id, const Snapshot& snapshot);
  void take(const std::string& id, const DigestRequest& request);
  void take(const std::string& id, const ConflictsRequest& request);
  void take(const std::string& id, Resolve resolve);
  void take(const std::string& id, Reconcile reconcile);
  void take(const std::string& id, const Reauth& reauth);
  void take(const std::string&, const Ack&) {}  // what the device has stored changes nothing here
  template <class Other>
  void take(const std::string& id, const Other&) {
    refuse_kind(id);
  }  // answers are not requests

  void bind_session(const Caller& caller);
  void refuse_kind(const std::string& id);
  Result<Caller> authenticate(const Hello& hello) const;
  // Whether the session and the device are still let in. May block.
  Result<> see_device(const Hello& hello) const;
  void welcome(const std::string& id, const Hello& hello);
  void answer_page(const std::string& id, Result<Changes> page);
  void pushed(const std::string& id, Result<Applied> outcome);
  // By name: copies of what they wrote tell whose they are. May block.
  DeviceNames authors_of(const Reconcile& reconcile) const;
  void reconciled(const std::string& id, Result<Reconciliation> outcome);
  // Takes from the user's budget of changes; false, and the device was told, when it is used up.
  bool pay(const std::string& id, std::size_t changes);
  // Counts a request to the writer until the last copy of what it returns is gone.
  std::shared_ptr<void> until_answered(std::size_t changes);
  void blocking(const std::string& id, std::function<void()> work);
  void caught_up(Seq to);
  void caught_up_locked(Seq to);  // with mutex_ held
  void send(const std::string& id, Message message);
  void send_error(const std::string& id, const Error& error);
  void refuse(const std::string& id, const Error& error, std::uint16_t close_code);

  ChannelContext& context_;
  const std::shared_ptr<WsPeer> peer_;
  const Encoding encoding_;
  const std::string authorization_;
  WallTime opened_;  // of the sweep's thread

  // Written once, before the channel subscribes; read from any thread afterwards.
  Caller caller_;
  Author author_;
  // Written once, before the channel is open; read by requests.
  Giver giver_;
  std::shared_ptr<PushStream> stream_;
  std::atomic<Phase> phase_ = Phase::silent;
  std::atomic<bool> closed_ = false;
  std::atomic<std::int64_t> token_expires_ms_ = 0;
  std::atomic<int> reading_ = 0;  // requests of this device that workers have
  Unanswered unanswered_;         // and those that its writer has
  std::size_t frame_bytes_ = 0;   // of the message in hand; the connection's thread

  // Guards live_, session_id_, and the order of what is sent with respect to live_.
  mutable std::mutex mutex_;
  LiveState live_;
  std::string session_id_;  // whose end ends this connection
};

}  // namespace studiosync::server
