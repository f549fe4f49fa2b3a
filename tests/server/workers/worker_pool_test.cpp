#include "server/workers/worker_pool.hpp"

#include <gtest/gtest.h>

#include <future>
#include <latch>
#include <thread>

namespace studiosync::server {
namespace {

// A task that says when it runs and ends when it is told to.
struct Gate {
  std::promise<void> running;
  std::promise<void> open;
  WorkerPool::Task task() {
    return [this](const Result<>& admitted) {
      ASSERT_TRUE(admitted);
      running.set_value();
      open.get_future().wait();
    };
  }
};

TEST(WorkerPool, RunsTasksInOrderOnAnotherThread) {
  WorkerPool pool(1, 10);
  std::vector<int> order;
  std::latch done(3);
  for (int i = 0; i < 3; ++i) {
    pool.submit([&, i, caller = std::this_thread::get_id()](const Result<>& admitted) {
      EXPECT_TRUE(admitted);
      EXPECT_NE(std::this_thread::get_id(), caller);
      order.push_back(i);
      done.count_down();
    });
  }
  done.wait();
  EXPECT_EQ(order, (std::vector{0, 1, 2}));
}

TEST(WorkerPool, RefusesAtOnceWhenTheQueueIsFull) {
  Gate gate;
  std::latch queued(2);
  WorkerPool pool(1, 2);
  pool.submit(gate.task());
  gate.running.get_future().wait();
  for (int i = 0; i < 2; ++i) {
    pool.submit([&](const Result<>& admitted) {
      EXPECT_TRUE(admitted);
      queued.count_down();
    });
  }
  std::optional<ErrorCode> refused;
  pool.submit([&](const Result<>& admitted) { refused = admitted.error().code; });
  EXPECT_EQ(refused, ErrorCode::service_unavailable);
  gate.open.set_value();
  queued.wait();
}

TEST(WorkerPool, RefusesWhatWaitsAndFinishesWhatRunsWhenItStops) {
  Gate gate;
  WorkerPool pool(1, 2);
  pool.submit(gate.task());
  gate.running.get_future().wait();
  std::promise<Result<>> waiting;
  pool.submit([&](Result<> admitted) { waiting.set_value(std::move(admitted)); });
  std::thread stopper([&] { pool.stop(); });
  const Result<> answer = waiting.get_future().get();
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::service_unavailable);
  gate.open.set_value();
  stopper.join();
}

TEST(WorkerPool, UsesAllItsThreads) {
  WorkerPool pool(2, 2);
  std::latch both(2);
  std::latch done(2);
  for (int i = 0; i < 2; ++i) {
    pool.submit([&](const Result<>&) {
      both.arrive_and_wait();
      done.count_down();
    });
  }
  done.wait();
}

TEST(WorkerPool, GoesOnAfterATaskThatThrewAndTellsItsKindOnly) {
  std::promise<std::string> told;
  std::latch done(1);
  WorkerPool pool(1, 10, [&](std::string_view kind) { told.set_value(std::string(kind)); });
  pool.submit([](const Result<>&) { throw std::runtime_error("a user's text"); });
  pool.submit([&](const Result<>&) { done.count_down(); });
  done.wait();
  const std::string kind = told.get_future().get();
  EXPECT_NE(kind.find("runtime_error"), std::string::npos) << kind;
  EXPECT_EQ(kind.find("text"), std::string::npos) << kind;
}

}  // namespace
}  // namespace studiosync::server
