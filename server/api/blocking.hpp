// Moves work that waits for a disk off the I/O threads.
#pragma once

#include <functional>

#include "core/base/result.hpp"
#include "server/net/http_types.hpp"

namespace studiosync::server {

// Supplied by `app`: calls the task once, with success on a thread that may block, or with an error
// (at once when too many wait) in which case the work must not be done.
using RunBlocking = std::function<void(std::function<void(Result<> admitted)>)>;

// Runs `work` where it may block, and answers with its response or error; 503 when too many wait.
void answer_blocking(const RunBlocking& run, Respond respond,
                     std::function<Result<HttpResponse>()> work);

// The same for work that answers by itself, later: `start` returns an error or takes the answer
// over.
void start_blocking(const RunBlocking& run, Respond respond,
                    std::function<Result<>(const Respond&)> start);

}  // namespace studiosync::server
