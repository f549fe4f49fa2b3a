#include "server/net/target.hpp"

#include <charconv>
#include <utility>

namespace studiosync::server {
namespace {

// Nothing for `%`, `%4` or `%zz`, and for `%00`, which ends a text somewhere below us.
std::optional<char> unescape(std::string_view two_digits) {
  unsigned value = 0;
  const char* const end = two_digits.data() + two_digits.size();
  const auto [stopped, error] = std::from_chars(two_digits.data(), end, value, 16);
  if (two_digits.size() != 2 || error != std::errc() || stopped != end || value == 0) {
    return std::nullopt;
  }
  return static_cast<char>(value);
}

enum class Plus : bool { literal, space };

std::optional<std::string> decode(std::string_view text, Plus plus) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      const auto c = unescape(text.substr(i + 1, 2));
      if (!c) return std::nullopt;
      out += *c;
      i += 2;
    } else {
      out += text[i] == '+' && plus == Plus::space ? ' ' : text[i];
    }
  }
  return out;
}

bool decode_query(std::string_view query, Headers& out) {
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(pair.size() + 1, query.size()));
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    auto name = decode(pair.substr(0, equals), Plus::space);
    auto value = equals == std::string_view::npos ? std::string()
                                                  : decode(pair.substr(equals + 1), Plus::space);
    if (!name || !value) return false;
    out.emplace_back(std::move(*name), std::move(*value));
  }
  return true;
}

// Proxies may send `http://host/path`: the authority is the Host header's business.
std::string_view without_authority(std::string_view target) {
  const std::size_t scheme = target.find("://");
  if (target.starts_with('/') || scheme == std::string_view::npos) return target;
  const std::size_t path = target.find('/', scheme + 3);
  return path == std::string_view::npos ? "/" : target.substr(path);
}

}  // namespace

std::optional<Target> parse_target(std::string_view target) {
  target = without_authority(target);
  if (target == "*") return Target{.path = "*", .query = {}};
  if (!target.starts_with('/')) return std::nullopt;
  target = target.substr(0, target.find('#'));
  const std::size_t mark = target.find('?');
  auto path = decode(target.substr(0, mark), Plus::literal);
  if (!path) return std::nullopt;
  Target out{.path = std::move(*path), .query = {}};
  if (mark != std::string_view::npos && !decode_query(target.substr(mark + 1), out.query)) {
    return std::nullopt;
  }
  return out;
}

}  // namespace studiosync::server
