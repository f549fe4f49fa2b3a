// Which versions of each record the server had, and which of them a device had read, as far as
// recordings tell.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <string>

#include "core/schema/entity_type.hpp"

namespace studiosync::e2e {

struct OwnedKey {
  std::string user;
  EntityType type{};
  std::string id;
  auto operator<=>(const OwnedKey&) const = default;
};

class Versions {
 public:
  std::uint64_t at_server(const OwnedKey& key) const { return value(server_, key); }
  std::uint64_t read_by(const std::string& device, const OwnedKey& key) const;

  void stored(const OwnedKey& key, std::uint64_t version);
  // It has read everything of its user's.
  void read_all(const std::string& device, const std::string& user);

 private:
  using Numbers = std::map<OwnedKey, std::uint64_t>;
  static std::uint64_t value(const Numbers& numbers, const OwnedKey& key);

  Numbers server_;
  std::map<std::string, Numbers> read_;  // by device
};

}  // namespace studiosync::e2e
