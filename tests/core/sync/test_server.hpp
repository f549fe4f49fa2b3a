// A server of one user that speaks frames: the real apply and pull over the store in memory, and as
// much of a push channel as engines need.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "core/protocol/message.hpp"
#include "core/sync/apply.hpp"
#include "core/sync/reconcile.hpp"
#include "server/store/memory/memory_store.hpp"

namespace studiosync::testing {

class TestServer {
 public:
  using Link = std::uint64_t;
  // `send` and `hang_up` reach the device behind a link.
  struct Wires {
    std::function<void(Link, Frame)> send;
    std::function<void(Link)> hang_up;
  };

  TestServer(std::function<WallTime()> now, Wires wires, std::uint64_t seed);

  void opened(Link link) { sessions_[link]; }
  void closed(Link link) { sessions_.erase(link); }
  void received(Link link, const Frame& frame);

  // Ends every connection. A restart on an older image is a restored backup.
  void restart(server::MemoryImage image);
  const server::MemoryImage& image() const { return store_->image(); }
  const server::MemoryUser& user() const;
  void choose(EntityType type, Strategy strategy);
  void resolve(const Resolve& decision);  // a person's, by another way than a device
  void drain(Millis delay);
  void reset();    // the user deletes everything, by another way than a device
  void collect();  // every tombstone that there is, whatever its age

  // How it behaves.
  std::string accepted_token = "good";
  std::string user_id = "alice";
  std::deque<Error> push_refusals;  // each is the answer to one push
  bool hints_only = false;          // tells of commits, and lets devices pull
  std::uint32_t page_rows_max = 1000;

 private:
  struct Session {
    Author author;
    Giver giver;
    bool greeted = false;
    bool live = false;  // has everything up to the head: rows may follow
  };

  void take(Link link, const std::string& id, const Hello& hello);
  void take(Link link, const std::string& id, const Push& push);
  void take(Link link, const std::string& id, const Pull& pull);
  void take(Link link, const std::string& id, const Snapshot& snapshot);
  void take(Link link, const std::string& id, const Reconcile& reconcile);
  void take(Link link, const std::string& id, const DigestRequest& request);
  void take(Link link, const std::string& id, const Reauth& reauth);
  template <class Other>
  void take(Link link, const std::string& id, const Other&) {
    refuse(link, id, {.code = ErrorCode::bad_request, .message = "not a request"});
  }

  void write(const std::function<void(UserTxn&)>& job);
  void answer_page(Link link, const std::string& id, Result<Changes> page);
  void refuse(Link link, const std::string& id, Error error);
  void publish(Link author, const Applied& applied);
  void read(const std::function<void(UserReader&)>& visit);

  std::function<WallTime()> now_;
  Wires wires_;
  std::uint64_t entropy_;
  std::unique_ptr<server::MemoryStore> store_;
  std::map<Link, Session> sessions_;
};

}  // namespace studiosync::testing
