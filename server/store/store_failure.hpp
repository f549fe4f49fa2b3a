// How a failing database is told to whoever operates the server.
#pragma once

#include <functional>
#include <string_view>

namespace studiosync::server {

// `database` is its file's name without the ending: `shard-0`, `accounts`. `code` is SQLite's
// extended result code, 0 where the failure is not SQLite's own. The message holds nothing of what
// is stored. Any thread, in the midst of work: it must neither block nor throw.
using OnStoreFailure =
    std::function<void(std::string_view database, int code, std::string_view message)>;

}  // namespace studiosync::server
