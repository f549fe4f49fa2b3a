// One user's log as the null server pretends to have it: a head that rises, and nothing behind it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/random.hpp"
#include "core/protocol/message.hpp"

namespace studiosync::load {

class NullChannel;

struct NullUser {
  Seq head;
  std::vector<NullChannel*> devices;  // that are connected
};

Cursor null_cursor(Seq seq) noexcept;

// Accepts every change at once. `author` is whose push it is.
struct NullCommit {
  Pushed answer;       // for who pushed
  Changes for_others;  // for the user's other devices
};
NullCommit accept_all(NullUser& user, const ReplicaId& author, Push push, WallTime now);

// Pages of made-up records, alike for all users, so that most are encoded once.
class NullPages {
 public:
  explicit NullPages(WallTime now);

  // The answer, in JSON, to a request `id` for what follows `from` in a log that ends at `head`.
  std::shared_ptr<const std::string> page(const std::string& id, Seq from, Seq head);

 private:
  struct Page {
    std::string id;
    Seq from;
    Seq head;
    std::shared_ptr<const std::string> bytes;
  };
  Record row(Seq seq) const;

  WallTime now_;
  std::vector<std::string> contents_;  // of connections
  std::vector<Page> made_;             // lately; the oldest is replaced
  std::size_t next_ = 0;
};

}  // namespace studiosync::load
