// A self-signed certificate for 127.0.0.1 in a folder that vanishes with it.
#pragma once

#include <string>

namespace studiosync::server::testing {

class Certificate {
 public:
  Certificate();
  ~Certificate();
  Certificate(const Certificate&) = delete;
  Certificate& operator=(const Certificate&) = delete;

  std::string cert_file() const { return folder_ + "/cert.pem"; }
  std::string key_file() const { return folder_ + "/key.pem"; }

 private:
  std::string folder_;
};

}  // namespace studiosync::server::testing
