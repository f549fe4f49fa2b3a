#include "bench/stack/server_process.hpp"

#include <unistd.h>

#include <fstream>

#include "bench/stack/must.hpp"
#include "client/engine/account.hpp"

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

// proc(5): after the name, which stands in brackets, utime and stime are the 12th and 13th field.
Seconds ServerProcess::cpu_time() const {
  std::ifstream stat("/proc/" + std::to_string(process_.id()) + "/stat");
  std::string text;
  std::getline(stat, text, ')');
  for (int field = 0; field < 11; ++field) stat >> text;
  long user = 0;
  long system = 0;
  if (!(stat >> user >> system)) give_up("reading the server's times", {});
  return Seconds(static_cast<double>(user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK)));
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
