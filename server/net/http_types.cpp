#include "server/net/http_types.hpp"

#include <algorithm>

namespace studiosync::server {
namespace {

std::string_view first(const Headers& entries, std::string_view name) noexcept {
  const auto found = std::ranges::find(entries, name, &Headers::value_type::first);
  return found == entries.end() ? std::string_view() : std::string_view(found->second);
}

}  // namespace

std::string_view HttpRequest::header(std::string_view lower_case_name) const noexcept {
  return first(headers, lower_case_name);
}

std::string_view HttpRequest::parameter(std::string_view name) const noexcept {
  return first(query, name);
}

std::string_view bearer_token(std::string_view authorization) noexcept {
  constexpr std::string_view scheme = "bearer ";
  const bool bearer =
      authorization.size() > scheme.size() &&
      std::ranges::equal(scheme, authorization.substr(0, scheme.size()), [](char a, char b) {
        return a == b || (b >= 'A' && b <= 'Z' && a == b + 32);
      });
  return bearer ? authorization.substr(scheme.size()) : std::string_view{};
}

}  // namespace studiosync::server
