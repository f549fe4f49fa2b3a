#include "e2e/history/canary.hpp"

namespace studiosync::e2e {
namespace {

constexpr std::string_view mark = "canary-";

}  // namespace

std::vector<std::string> canaries_in(std::string_view bytes) {
  std::vector<std::string> found;
  for (auto at = bytes.find(mark); at != std::string_view::npos; at = bytes.find(mark, at + 1)) {
    const auto end = bytes.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-", at);
    found.emplace_back(bytes.substr(at, end - at));
  }
  return found;
}

}  // namespace studiosync::e2e
