// Tells a user's connected devices what was committed. Publishes after the commit only.
// Any thread; the lock guards the lists alone, frames are encoded and sent outside it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "core/protocol/message.hpp"
#include "server/push/broadcast.hpp"
#include "server/store/store.hpp"

namespace studiosync::server {

// A connected device, as the hub sees it.
class Subscriber {
 public:
  virtual ~Subscriber() = default;
  // A commit's rows, in seq order for each user; none where the device has to pull, whatever it has
  // read. Called on a writer thread; must not block.
  virtual void offer(const std::shared_ptr<const Broadcast>& broadcast) = 0;
  // The device's or session's end: revoked, logged out, draining.
  virtual void end(const Message& farewell, std::uint16_t close_code) = 0;
  virtual bool in_session(const std::string& session_id) const = 0;
  virtual const DeviceId& device() const = 0;
};

class Hub {
 public:
  using Connection = const Subscriber*;

  void subscribe(UserRef user, std::shared_ptr<Subscriber> subscriber);
  void unsubscribe(UserRef user, Connection subscriber);

  // Whether anybody but `skip` would be told. Who subscribes later reads a head with the commit.
  bool reaches(UserRef user, Connection skip) const;
  // `skip` has its own answer (`pushed`) and is not sent the broadcast.
  void publish(UserRef user, const std::shared_ptr<const Broadcast>& broadcast, Connection skip);

  void end_session(UserRef user, const std::string& session_id, std::uint16_t close_code);
  void end_device(UserRef user, const DeviceId& device, const Message& farewell,
                  std::uint16_t close_code);
  void end_all(const std::function<Message()>& farewell, std::uint16_t close_code);

  std::size_t size() const;

 private:
  struct Hash {
    std::size_t operator()(const UserRef& u) const noexcept {
      return u.number.value * 31 + u.shard;
    }
  };
  // Never changed, only replaced: devices come and go far less often than something is published.
  using List = std::vector<std::shared_ptr<Subscriber>>;
  using SharedList = std::shared_ptr<const List>;
  SharedList subscribers_of(UserRef user) const;  // never null

  mutable std::mutex mutex_;  // guards lists_: sessions live on several threads
  std::unordered_map<UserRef, SharedList, Hash> lists_;  // none empty
};

}  // namespace studiosync::server
