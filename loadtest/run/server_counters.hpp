// What the server counts about itself, read over HTTP.
#pragma once

#include <optional>

#include "client/http/http_client.hpp"
#include "loadtest/results.hpp"

namespace studiosync::load {

// Whether a server of ours answers there; else why not.
Result<> check_health(client::HttpClient& http);

// How many devices are connected, and its memory; nothing where it does not tell. `seconds` is left
// to the caller.
std::optional<MemorySample> read_memory(client::HttpClient& http);

// Nothing where its /metrics cannot be read.
std::optional<Usage> read_usage(client::HttpClient& http);

}  // namespace studiosync::load
