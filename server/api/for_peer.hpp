// An error as the peer may see it, on either channel.
#pragma once

#include "core/base/error.hpp"

namespace studiosync::server {

// What went wrong inside is for the log: its message can name tables and files. Credentials, which
// a path can hold as a key of the peer's, are redacted.
Error for_peer(const Error& error);

}  // namespace studiosync::server
