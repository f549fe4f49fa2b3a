// Which browser pages may talk to this server (the Fetch standard's CORS protocol). Pure; any
// thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/net/http_types.hpp"

namespace studiosync::server {

class Cors {
 public:
  // `origins` are exact, as `https://app.example`; `localhost` admits every localhost origin too.
  Cors(std::vector<std::string> origins, bool localhost);

  // Whether a request or a WebSocket upgrade with this Origin header may go on. Without one it does
  // not come from a browser's page, and is fine.
  bool allows(std::string_view origin) const;

  // The answer to OPTIONS, not yet decorated: 200; with the permissions where the origin is
  // allowed.
  HttpResponse preflight(std::string_view origin) const;
  // Lets the page of an allowed origin read the answer. Nothing is added for another one.
  void decorate(std::string_view origin, HttpResponse& response) const;

 private:
  std::vector<std::string> origins_;
  bool localhost_;
};

}  // namespace studiosync::server
