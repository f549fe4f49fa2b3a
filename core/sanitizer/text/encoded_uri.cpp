#include "core/sanitizer/text/encoded_uri.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "core/sanitizer/text/base64.hpp"
#include "core/sanitizer/text/token_text.hpp"
#include "core/sanitizer/text/userinfo.hpp"
#include "core/sanitizer/value/secret_value.hpp"

namespace studiosync {
namespace {

constexpr Rule encoded_uri{
    "encoded.uri", "Address with a password in base64",
    "The secrets of Kubernetes and its like keep whole addresses in base64, password and all.",
    "DATABASE_URL: cG9zdGdyZXM6Ly9hcHA6V3E3LWhUMnBAZGI6NTQzMi9vcmRlcnM="};

constexpr std::array rules{&encoded_uri};

bool has_password(std::string_view address) {
  const std::size_t colon = address.find("://");
  if (colon == std::string_view::npos) return false;
  const auto found = read_userinfo(address, 0, colon + 3, false);
  return found && found->has_password() &&
         is_secret(address.substr(found->password, found->end - found->password), Claim::certain);
}

void recognize(TextScan& scan, std::size_t at) {
  constexpr std::size_t chars_min = 24;
  constexpr std::size_t chars_max = 2048;
  const Run run = read_run(scan.text, at, chars::base64, chars_max);
  if (run.count < chars_min) return;
  std::size_t end = run.end;
  while (end < scan.text.size() && scan.text[end] == '=' && end - run.end < 2) ++end;
  if (has_password(decode_base64(scan.text.substr(at, run.end - at))))
    add_hit(scan.hits, encoded_uri, at, end);
}

// What the schemes of databases and brokers begin with, and those of the web.
constexpr Anchor anchor(std::string_view beginning) {
  return {.literal = beginning, .recognize = recognize, .begins_word = true};
}
constexpr std::array anchors{anchor("cG9zdGdyZX"),     // postgre
                             anchor("bXlzcWw"),        // mysql
                             anchor("bWFyaWFkYi"),     // mariadb
                             anchor("bXNzcWw"),        // mssql
                             anchor("c3Fsc2VydmVy"),   // sqlserver
                             anchor("bW9uZ29kY"),      // mongodb
                             anchor("cmVkaXM"),        // redis
                             anchor("YW1xc"),          // amqp
                             anchor("Y2xpY2tob3VzZ"),  // clickhouse
                             anchor("amRiYz"),         // jdbc
                             anchor("aHR0cDovL"),      // http://
                             anchor("aHR0cHM6Ly")};    // https://

}  // namespace

std::span<const Anchor> encoded_uri_anchors() noexcept {
  return anchors;
}

std::span<const Rule* const> encoded_uri_rules() noexcept {
  return rules;
}

}  // namespace studiosync
