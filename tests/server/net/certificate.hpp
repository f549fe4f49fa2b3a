// A self-signed certificate for 127.0.0.1 in a folder that vanishes with it.
#pragma once

#include <string>

#include "tests/support/temporary_folder.hpp"

namespace studiosync::server::testing {

class Certificate {
 public:
  Certificate();

  std::string cert_file() const { return folder_.file("cert.pem"); }
  std::string key_file() const { return folder_.file("key.pem"); }

 private:
  TemporaryFolder folder_;
};

}  // namespace studiosync::server::testing
