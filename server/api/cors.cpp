#include "server/api/cors.hpp"

#include <algorithm>
#include <array>

namespace studiosync::server {
namespace {

bool is_port(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// `http://localhost:5173`. The host must end there: `http://localhost.evil.example` is another one.
bool is_localhost(std::string_view origin) {
  constexpr std::array<std::string_view, 3> hosts{"localhost", "127.0.0.1", "[::1]"};
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!origin.starts_with(scheme)) continue;
    const std::string_view rest = origin.substr(scheme.size());
    for (const std::string_view host : hosts) {
      if (rest == host) return true;
      if (rest.starts_with(host) && rest[host.size()] == ':' &&
          is_port(rest.substr(host.size() + 1)))
        return true;
    }
  }
  return false;
}

}  // namespace

Cors::Cors(std::vector<std::string> origins, bool localhost)
    : origins_(std::move(origins)), localhost_(localhost) {}

bool Cors::allows(std::string_view origin) const {
  if (origin.empty() || std::ranges::find(origins_, origin) != origins_.end()) return true;
  return localhost_ && is_localhost(origin);
}

HttpResponse Cors::preflight(std::string_view origin) const {
  HttpResponse response{.status = 200};
  if (!origin.empty() && allows(origin)) {
    response.headers.emplace_back("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE");
    response.headers.emplace_back("Access-Control-Allow-Headers", "Authorization, Content-Type");
    response.headers.emplace_back("Access-Control-Max-Age", "600");
  }
  return response;
}

void Cors::decorate(std::string_view origin, HttpResponse& response) const {
  // A cache must not give one origin's answer to another.
  response.headers.emplace_back("Vary", "Origin");
  if (origin.empty() || !allows(origin)) return;
  response.headers.emplace_back("Access-Control-Allow-Origin", origin);
  response.headers.emplace_back("Access-Control-Expose-Headers", "Retry-After");
}

}  // namespace studiosync::server
