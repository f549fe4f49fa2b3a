#include "core/sanitizer/text/userinfo.hpp"

#include <algorithm>

#include "core/sanitizer/value/ascii.hpp"
#include "core/sanitizer/value/byte_set.hpp"
#include "core/sanitizer/value/secret_value.hpp"

namespace studiosync {
namespace {

using std::string_view_literals::operator""sv;

constexpr auto npos = std::string_view::npos;

// The next URI in the same word: one:…,two://…
std::size_t next_scheme(std::string_view region) {
  std::size_t colon = region.find("://");
  if (colon == npos) return region.size();
  while (colon > 0 && (is_word_char(region[colon - 1]) || region[colon - 1] == '+')) --colon;
  return colon;
}

// All that can belong to the URI: up to white space, a quote, or the end of an element.
std::string_view region_of(std::string_view text, std::size_t begin, std::size_t at) {
  // The next scheme first: it is found fast, and a text may be full of them.
  std::string_view region = text.substr(at, authority_bytes_max);
  region = region.substr(0, next_scheme(region));
  region = region.substr(0, find_first_of(region, " \t\r\n\f\v\"`\0"_bytes));
  const char before = begin > 0 ? text[begin - 1] : '\0';
  if (before == '\'') region = region.substr(0, region.find('\''));
  return region.substr(0, region.find("</"));
}

// A password with blanks: only where the URI fills a quoted string, up to that string's end.
std::string_view quoted_region(std::string_view text, std::size_t begin, std::size_t at) {
  const char quote = begin > 0 ? text[begin - 1] : '\0';
  if (quote != '"' && quote != '\'') return {};
  const std::string_view window = text.substr(at, authority_bytes_max);
  const std::size_t end = window.find_first_of(quote == '"' ? "\"\r\n"sv : "'\r\n"sv);
  return end == npos || window[end] != quote ? std::string_view{} : window.substr(0, end);
}

std::string_view authority_of(std::string_view region) {
  return region.substr(0, find_first_of(region, "/?#\\"_bytes));
}

// host, host:5432, [::1]:80: no place for a password.
bool is_host_and_port(std::string_view authority) {
  const std::size_t bracket = authority.rfind(']');
  const std::size_t colon = authority.rfind(':');
  if (colon == npos || (bracket != npos && colon < bracket)) return true;
  const std::string_view port = authority.substr(colon + 1);
  return std::all_of(port.begin(), port.end(), is_digit) || is_placeholder(port) ||
         equals_folded(port, "port");
}

// Whether what follows an @ can only be a host: db.example.com, localhost, h:5432, h1,h2.
bool is_surely_host(std::string_view host) {
  return find_first_of(host, ".,["_bytes) != npos || starts_folded(host, "localhost") ||
         (host.find(':') != npos && is_host_and_port(host));
}

bool can_begin_host(std::string_view rest) {
  return !rest.empty() && (is_word_char(rest.front()) || is_beyond_ascii(rest.front()) ||
                           "[${<%(*-./"_bytes.has(rest.front()));
}

std::size_t last_at_sign(std::string_view region) {
  for (std::size_t at = region.rfind('@'); at != npos; at = region.rfind('@', at - 1)) {
    if (can_begin_host(region.substr(at + 1))) return at;
    if (at == 0) break;
  }
  return npos;
}

// Where in `region` the userinfo ends; npos when it has none.
std::size_t userinfo_end(std::string_view region, bool web) {
  const std::string_view authority = authority_of(region);
  const std::size_t inside = authority.rfind('@');
  if (inside == npos) return is_host_and_port(authority) ? npos : last_at_sign(region);
  if (web || is_surely_host(authority.substr(inside + 1))) return inside;
  const std::size_t last = last_at_sign(region);
  if (last == npos || last <= inside) return inside;
  const std::string_view between = region.substr(inside, last - inside);
  return find_first_of(between, ",;()&=|?"_bytes) == npos ? last : inside;
}

}  // namespace

std::optional<Userinfo> read_userinfo(std::string_view text, std::size_t scheme_begin,
                                      std::size_t at, bool web) noexcept {
  std::string_view region = region_of(text, scheme_begin, at);
  std::size_t end = userinfo_end(region, web);
  if (end == npos && !web && !is_host_and_port(authority_of(region))) {
    region = quoted_region(text, scheme_begin, at);
    end = userinfo_end(region, web);
  }
  if (end == npos) return {};
  const std::size_t colon = std::min(region.find(':'), end);
  return Userinfo{at, at + colon, at + std::min(colon + 1, end), at + end, at + end + 1};
}

std::string_view host_at(std::string_view text, std::size_t at) noexcept {
  constexpr std::size_t host_bytes_max = 256;
  const std::string_view window = text.substr(at, host_bytes_max);
  return window.substr(0, find_first_of(window, " \t\r\n\"'`/?#:,;)<>\\"_bytes));
}

}  // namespace studiosync
