#include "loadtest/fleet/worker.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <optional>
#include <thread>

namespace studiosync::load {
namespace asio = boost::asio;

class Worker::Impl {
 public:
  Impl(const TeamOptions& options, std::vector<Account> accounts, std::size_t first_user)
      : work_(asio::make_work_guard(io_)),
        team_(std::in_place, io_, options, accounts, first_user) {
    thread_ = std::thread([this] { io_.run(); });
  }

  ~Impl() {
    // In one turn: what is queued behind it would find no team.
    asio::post(io_, [this] {
      team_.reset();
      io_.stop();
    });
    thread_.join();
  }

  void post(std::function<void(Team&)> work) {
    asio::post(io_, [this, work = std::move(work)] { work(*team_); });
  }

 private:
  asio::io_context io_{1};
  asio::executor_work_guard<asio::io_context::executor_type> work_;
  std::optional<Team> team_;  // the thread's, once it runs
  std::thread thread_;
};

Worker::Worker(const TeamOptions& options, std::vector<Account> accounts, std::size_t first_user)
    : impl_(std::make_unique<Impl>(options, std::move(accounts), first_user)) {}
Worker::~Worker() = default;

void Worker::post(std::function<void(Team&)> work) {
  impl_->post(std::move(work));
}

}  // namespace studiosync::load
