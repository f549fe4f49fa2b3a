#include "loadtest/fleet/window.hpp"

#include <algorithm>
#include <utility>

namespace studiosync::load {
namespace {

struct Window : std::enable_shared_from_this<Window> {
  std::size_t count = 0;
  std::size_t next = 0;
  std::size_t done = 0;
  Task task;
  std::function<void()> finished;

  void start_one() {
    if (next == count) return;
    task(next++, [self = shared_from_this()] { self->one_done(); });
  }

  void one_done() {
    ++done;
    if (done == count) {
      finished();
    } else {
      start_one();
    }
  }
};

}  // namespace

void run_window(std::size_t count, std::size_t at_once, Task task, std::function<void()> finished) {
  if (count == 0) return finished();
  const auto window = std::make_shared<Window>();
  window->count = count;
  window->task = std::move(task);
  window->finished = std::move(finished);
  for (std::size_t i = 0; i < std::min(count, at_once); ++i) window->start_one();
}

}  // namespace studiosync::load
