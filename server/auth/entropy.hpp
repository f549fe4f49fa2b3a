// The one door to the operating system's random source. Any thread; never fails, never blocks once
// the machine has started.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace studiosync::server {

void fill_random(std::span<std::uint8_t> out);

// UUIDv4 (RFC 9562 section 5.4): 122 random bits.
std::string random_uuid();

}  // namespace studiosync::server
