// A bug that is planted while this lives. One at a time, one thread; not within a run.
#pragma once

#include <string>

namespace studiosync::e2e {

class Planted {
 public:
  // Empty: none. Any other name must be in the catalog.
  explicit Planted(std::string name);
  ~Planted();
  Planted(const Planted&) = delete;
  Planted& operator=(const Planted&) = delete;

 private:
  const std::string name_;
};

}  // namespace studiosync::e2e
