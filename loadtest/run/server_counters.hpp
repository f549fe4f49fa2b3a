// What the server counts about itself, read over HTTP.
#pragma once

#include <optional>

#include "client/http/http_client.hpp"
#include "loadtest/results.hpp"

namespace studiosync::load {

// Whether a server of ours answers there; else why not.
Result<> check_health(client::HttpClient& http);

// Nothing where its /metrics cannot be read.
std::optional<Usage> read_usage(client::HttpClient& http);

}  // namespace studiosync::load
