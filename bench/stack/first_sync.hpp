// A whole account goes up from one device and down to a new one.
#pragma once

#include <string>
#include <vector>

#include "bench/stack/dataset.hpp"
#include "bench/stack/percentile.hpp"
#include "bench/stack/server_process.hpp"

namespace studiosync::bench {

struct FirstSync {
  Seconds upload{};       // going online until the server has acknowledged everything
  Seconds download{};     // a new device's going online until all is durable in its database
  Seconds bare_insert{};  // the same rows into the same tables, one INSERT each, by SQLite alone
};

// Under an account of its own, `account`, which must be new.
FirstSync measure_first_sync(ServerProcess& server, const std::string& parent,
                             const std::string& account, const std::vector<NewRecord>& records);

}  // namespace studiosync::bench
