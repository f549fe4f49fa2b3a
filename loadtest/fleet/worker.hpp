// A thread of the generator, and the team that lives on it.
#pragma once

#include <functional>
#include <future>
#include <memory>

#include "loadtest/fleet/team.hpp"

namespace studiosync::load {

// Calls from one thread, the caller's.
class Worker {
 public:
  Worker(const TeamOptions& options, std::vector<Account> accounts, std::size_t first_user);
  ~Worker();  // cuts all connections
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  // Runs `work` on the thread; returns at once.
  void post(std::function<void(Team&)> work);
  // Runs it there and waits for its value.
  template <class Work>
  auto ask(Work work) {
    using Value = decltype(work(std::declval<Team&>()));
    auto task = std::make_shared<std::packaged_task<Value(Team&)>>(std::move(work));
    auto value = task->get_future();
    post([task](Team& team) { (*task)(team); });
    return value.get();
  }

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace studiosync::load
