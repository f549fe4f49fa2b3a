// Takes the userinfo out of a URI (RFC 3986 section 3.2), also of URIs whose password holds
// characters that should have been percent-encoded: postgres://u:p@ss/w#rd@host/db.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace studiosync {

struct Userinfo {
  std::size_t begin = 0;     // of the user, right behind ://
  std::size_t user_end = 0;  // the colon, or the @ when there is none
  std::size_t password = 0;  // behind the colon
  std::size_t end = 0;       // the @
  std::size_t host = 0;      // behind it

  bool has_password() const noexcept { return user_end != end; }
};

// The longest URI authority that is looked at.
inline constexpr std::size_t authority_bytes_max = 1024;

// What stands in front of the @ of the authority that begins at `at`; nothing when there is no @,
// or it belongs to the path. `scheme_begin` tells in which quotes the URI stands.
std::optional<Userinfo> read_userinfo(std::string_view text, std::size_t scheme_begin,
                                      std::size_t at, bool web) noexcept;

// The host that begins at `at`, without its port.
std::string_view host_at(std::string_view text, std::size_t at) noexcept;

}  // namespace studiosync
