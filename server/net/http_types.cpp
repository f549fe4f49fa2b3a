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

}  // namespace studiosync::server
