// The application's way back to a request, from any thread and after the connection's end.
#pragma once

#include "server/net/http_types.hpp"

namespace studiosync::server {

class Connection;
class HttpSession;

// Its first call answers, later ones do nothing. When all copies are gone without a call, the
// answer is 500: a forgotten request must not hold its connection for ever.
Respond make_respond(Connection& connection, HttpSession& session);

}  // namespace studiosync::server
