// Logging in and staying logged in: the HTTP API's account routes, and the login file.
#pragma once

#include <string>

#include "client/engine/auth_file.hpp"
#include "client/http/http_client.hpp"

namespace studiosync::client {

struct Credentials {
  std::string email;     // or user name, for a login
  std::string username;  // for a registration
  std::string password;
};

// Each fills `login`'s tokens and user; the caller saves it. `forbidden` where it is another user's
// already; after an error it is as it was. The user's id is fit for a file name.
Result<> register_account(HttpClient& http, const Credentials& credentials, Login& login);
Result<> log_in(HttpClient& http, const Credentials& credentials, Login& login);

// Makes the folder's access token good again. Under a lock, and from the file as it is now: another
// process may have refreshed already, and presenting an older token would end the session.
// `refused` is the token that did not work. `unauthorized`: the login has ended; the device works
// on locally.
Result<Login> refresh_login(const std::string& folder, const std::string& refused);

// Ends the session at the server (as far as it can be reached) and forgets the tokens.
Result<> log_out(const std::string& folder);

}  // namespace studiosync::client
