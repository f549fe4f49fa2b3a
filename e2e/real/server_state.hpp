// What a server that has stopped holds of a user, read from its data folder.
#pragma once

#include <string>

#include "e2e/history/event.hpp"

namespace studiosync::e2e {

// `not_found` for an unknown user name.
Result<ServerState> server_state(const std::string& data, const std::string& user);

}  // namespace studiosync::e2e
