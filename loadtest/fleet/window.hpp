// Many tasks that take their time, some at once.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

namespace studiosync::load {

// Runs `task(i, done)` for i in [0, count), at most `at_once` of them at a time, and `finished`
// after the last. A task calls `done` once, in a later turn of the loop, on the same thread.
using Task = std::function<void(std::size_t index, std::function<void()> done)>;
void run_window(std::size_t count, std::size_t at_once, Task task, std::function<void()> finished);

}  // namespace studiosync::load
