#include "bench/stack/server_process.hpp"

#include "bench/stack/must.hpp"
#include "client/engine/account.hpp"
#include "os/cpu_time.hpp"

namespace studiosync::bench {
namespace {

// What is measured is the path of a change, so nothing may be refused for its rate, and logins
// should not take their deliberate time.
const std::vector<std::string> settings{"limits.ws_changes_per_second=0",
                                        "limits.uploads_per_minute=0",
                                        "limits.downloads_per_minute=0",
                                        "limits.logins_per_minute=0",
                                        "auth.bcrypt_cost=4",
                                        "log.level=warn"};

}  // namespace

ServerProcess::ServerProcess(const std::string& binary, const std::string& parent)
    : folder_(parent), process_(binary, folder_.path(), settings) {
  must(process_.start(), "starting syncd");
}

Seconds ServerProcess::cpu_time() const {
  return os::process_cpu_time(process_.id());
}

client::Login ServerProcess::log_in(const std::string& name) {
  client::HttpClient http(process_.url());
  const client::Credentials credentials{name + "@example.test", name, "correct horse battery 7"};
  client::Login login;
  login.server = process_.url();
  if (!client::log_in(http, credentials, login)) {
    must(client::register_account(http, credentials, login), "registering an account");
  }
  return login;
}

}  // namespace studiosync::bench
