// A setting's text on its way from a source into the configuration.
#pragma once

#include <string>

namespace studiosync::server {

struct Assignment {
  std::string path;
  std::string text;
  std::string origin;  // `syncd.yaml:12`, `JWT_SECRET`, `--server.port`
};

}  // namespace studiosync::server
