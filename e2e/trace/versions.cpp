#include "e2e/trace/versions.hpp"

#include <algorithm>

namespace studiosync::e2e {

std::uint64_t Versions::value(const Numbers& numbers, const OwnedKey& key) {
  const auto found = numbers.find(key);
  return found == numbers.end() ? 0 : found->second;
}

std::uint64_t Versions::read_by(const std::string& device, const OwnedKey& key) const {
  const auto found = read_.find(device);
  return found == read_.end() ? 0 : value(found->second, key);
}

void Versions::stored(const OwnedKey& key, std::uint64_t version) {
  std::uint64_t& known = server_[key];
  known = std::max(known, version);
}

void Versions::read_all(const std::string& device, const std::string& user) {
  for (const auto& [key, version] : server_) {
    if (key.user == user) read_[device][key] = version;
  }
}

}  // namespace studiosync::e2e
