// Every cap of this room, with its reason.
#pragma once

#include <cstddef>

#include "core/base/time.hpp"

namespace studiosync::server::auth_limits {

// A name for people; RFC 5321 section 4.5.3.1.3 bounds an address.
inline constexpr std::size_t username_bytes_max = 64;
inline constexpr std::size_t email_bytes_max = 254;

// The shortest that NIST SP 800-63B allows; longer than any pass phrase, short enough to hash.
inline constexpr std::size_t password_bytes_min = 8;
inline constexpr std::size_t password_bytes_max = 1024;

// An access token of ours has about 400 bytes; longer ones are refused before they are decoded.
inline constexpr std::size_t token_bytes_max = 2048;

// Devices of one account, revoked ones included: a client that invents an id for each request must
// not fill the disk.
inline constexpr std::size_t devices_per_account_max = 10'000;

// A device in constant use is written down as seen this often: for people, not worth a commit each.
inline constexpr Millis device_seen_interval{5LL * 60 * 1000};

// Refreshes and logouts that wait for the disk; each takes one commit.
inline constexpr std::size_t session_tasks_max = 4096;

// Steps of the wall clock between making and checking a token.
inline constexpr Millis token_leeway{60LL * 1000};

}  // namespace studiosync::server::auth_limits
