#include "server/auth/entropy.hpp"

#include <sys/random.h>

#include <array>
#include <cerrno>

#include "core/base/check.hpp"
#include "core/base/ids.hpp"

namespace studiosync::server {

void fill_random(std::span<std::uint8_t> out) {
  while (!out.empty()) {
    const ssize_t got = getrandom(out.data(), out.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    SS_CHECK(got > 0);
    out = out.subspan(static_cast<std::size_t>(got));
  }
}

std::string random_uuid() {
  std::array<std::uint8_t, 16> bytes{};
  fill_random(bytes);
  bytes[6] = static_cast<std::uint8_t>(0x40 | (bytes[6] & 0x0F));
  bytes[8] = static_cast<std::uint8_t>(0x80 | (bytes[8] & 0x3F));
  return uuid_text(bytes);
}

}  // namespace studiosync::server
