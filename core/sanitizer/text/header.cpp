#include "core/sanitizer/text/header.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "core/sanitizer/text/base64.hpp"
#include "core/sanitizer/text/joints.hpp"
#include "core/sanitizer/text/names.hpp"
#include "core/sanitizer/text/quotes.hpp"
#include "core/sanitizer/value/ascii.hpp"
#include "core/sanitizer/value/byte_set.hpp"
#include "core/sanitizer/value/randomness.hpp"
#include "core/sanitizer/value/secret_value.hpp"
#include "core/sanitizer/value/word_table.hpp"

namespace studiosync {
namespace {

using std::string_view_literals::operator""sv;

constexpr auto npos = std::string_view::npos;
constexpr std::size_t header_bytes_max = 4096;

constexpr Rule authorization_rule{
    .id = "text.authorization_header",
    .title = "Credential in an Authorization header",
    .why =
        "Bearer and other tokens, and the login that Basic merely encodes, let whoever reads "
        "the header act as its sender.",
    .example = "Authorization: Bearer q8Zk1Lm0Xy7Tn5RwJ3vB2c"};
constexpr Rule bearer_rule{.id = "text.bearer_token",
                           .title = "Bearer token",
                           .why =
                               "The word bearer in front of a random text marks a token, also "
                               "where no header's name stands in front of it.",
                           .example = "sent Bearer q8Zk1Lm0Xy7Tn5RwJ3vB2c to the API"};
constexpr Rule basic_rule{.id = "text.basic_login",
                          .title = "Encoded login of HTTP Basic",
                          .why = "What follows Basic decodes to user:password.",
                          .example = "sent Basic YXBwOldxNy1oVDJw to the API"};
constexpr Rule cookie_rule{.id = "text.session_cookie",
                           .title = "Session in a Cookie header",
                           .why = "A session's cookie is as good as the login that made it.",
                           .example = "Cookie: theme=dark; PHPSESSID=q8zk1lm0xy7tn5rw"};

constexpr std::array rules{&authorization_rule, &bearer_rule, &basic_rule, &cookie_rule};

// Schemes that are followed by one token.
constexpr WordTable token_schemes{"bearer"sv,   "token"sv,     "apikey"sv,   "api-key"sv, "key"sv,
                                  "bot"sv,      "negotiate"sv, "ntlm"sv,     "splunk"sv,  "jwt"sv,
                                  "geniekey"sv, "sso-key"sv,   "apitoken"sv, "pve"sv};
// What documentation writes where the token belongs.
constexpr WordTable manual_tokens{
    "token"sv,         "access_token"sv, "accesstoken"sv, "jwt"sv,       "key"sv,
    "apikey"sv,        "api_key"sv,      "auth"sv,        "tokens"sv,    "authentication"sv,
    "authorization"sv, "credentials"sv,  "is"sv,          "scheme"sv,    "or"sv,
    "and"sv,           "in"sv,           "header"sv,      "auth_token"sv};
// Attributes in whose value a scheme carries its proof.
constexpr std::array proof_attributes{"response=\""sv,   "signature=\""sv, "signature="sv,
                                      "sig="sv,          "mac=\""sv,       "oauth_signature=\""sv,
                                      "oauth_token=\""sv};

constexpr WordTable proof_schemes{"digest"sv,           "hawk"sv,
                                  "signature"sv,        "oauth"sv,
                                  "aws4-hmac-sha256"sv, "sharedaccesssignature"sv,
                                  "tc3-hmac-sha256"sv,  "mac"sv};

// Up to what cannot belong to a token; stand-ins in brackets stay whole for their judge.
std::string_view token_at(std::string_view text, std::size_t at) {
  const std::string_view window = text.substr(std::min(at, text.size()), header_bytes_max);
  if (window.starts_with('{') || window.starts_with("${")) {
    const std::size_t close = window.find_last_of('}', find_first_of(window, "\r\n\"'`"_bytes));
    return window.substr(0, close == npos ? 0 : close + 1);
  }
  std::size_t end = std::min(find_first_of(window, " \t\r\n\"'`,;)]\\"_bytes), window.size());
  const bool bracketed = window.substr(0, end).find('[') != npos;
  if (bracketed && window.substr(end).starts_with("]")) ++end;
  return window.substr(0, end);
}

std::string_view scheme_at(std::string_view text, std::size_t at) {
  constexpr std::size_t scheme_bytes_max = 24;
  const std::string_view window = text.substr(std::min(at, text.size()), scheme_bytes_max);
  std::size_t i = 0;
  while (i < window.size() && (is_word_char(window[i]) || window[i] == '-')) ++i;
  return window.substr(0, i);
}

// A blank, also encoded; 0 when none stands there.
std::size_t blank_bytes(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(std::min(at, text.size()));
  if (rest.starts_with("%20")) return 3;
  std::size_t i = 0;
  while (i < rest.size() && i < 8 && (is_blank(rest[i]) || rest[i] == '+')) ++i;
  return i;
}

bool is_login(std::string_view encoded) {
  if (encoded.size() < 6) return false;
  const std::string login = decode_base64(encoded);
  const std::size_t colon = login.find(':');
  if (colon == std::string::npos || colon + 1 >= login.size()) return false;
  // The user's name tells whether it was encoded, or is a word that happens to decode.
  const bool user = std::all_of(login.begin(), login.begin() + static_cast<std::ptrdiff_t>(colon),
                                [](char c) { return c >= 0x20 && c < 0x7f; });
  return user &&
         std::none_of(login.begin(), login.end(), [](char c) { return c >= 0 && c < 0x20; }) &&
         is_secret(std::string_view(login).substr(colon + 1), Claim::certain);
}

bool is_token(std::string_view token) {
  constexpr std::size_t token_bytes_min = 6;
  return token.size() >= token_bytes_min && !manual_tokens.has_folded(token) &&
         is_secret(token, Claim::named);
}

void report(TextScan& scan, const Rule& rule, std::size_t begin, std::string_view value) {
  add_hit(scan.hits, rule, begin, begin + value.size());
}

// Digest response="…", AWS4-HMAC-SHA256 …, Signature=…
void report_proofs(TextScan& scan, std::size_t at) {
  const std::string_view window = scan.text.substr(at, header_bytes_max);
  const std::string_view header = window.substr(0, find_first_of(window, "\r\n"_bytes));
  scan.header_end = at + header.size();
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (i > 0 && is_word_char(header[i - 1])) continue;
    for (const std::string_view attribute : proof_attributes) {
      if (!starts_folded(header.substr(i), attribute)) continue;
      const std::size_t begin = at + i + attribute.size();
      const std::string_view proof = token_at(scan.text, begin);
      if (is_token(proof)) report(scan, authorization_rule, begin, proof);
      break;
    }
  }
}

// The credentials of an Authorization header: a scheme and what follows it, or a token alone.
void judge_credentials(TextScan& scan, std::size_t at) {
  const std::string_view scheme = scheme_at(scan.text, at);
  const std::size_t blank = blank_bytes(scan.text, at + scheme.size());
  const std::size_t begin = at + scheme.size() + blank;
  if (blank == 0 || scheme.empty()) {
    const std::string_view token = token_at(scan.text, at);
    const bool call = token.find('(') != npos;
    if (!call && is_secret(token, Claim::hinted)) report(scan, authorization_rule, at, token);
    return;
  }
  const std::string_view token = token_at(scan.text, begin);
  if (equals_folded(scheme, "basic")) {
    const bool call = token.find('(') != npos;
    if (!call && (is_login(token) || is_secret(token, Claim::hinted)))
      report(scan, authorization_rule, begin, token);
  } else if (proof_schemes.has_folded(scheme)) {
    report_proofs(scan, begin);
  } else if (starts_folded(token, "token=")) {
    // Rails: Token token="…"
    const std::size_t value = begin + "token="sv.size();
    const std::size_t open = value + quote_bytes(scan.text, value);
    const std::string_view attribute = token_at(scan.text, open);
    if (is_token(attribute)) report(scan, authorization_rule, open, attribute);
  } else if (token_schemes.has_folded(scheme)) {
    if (is_token(token)) report(scan, authorization_rule, begin, token);
  } else if (equals_folded(scheme, "aws") && token.find(':') != npos) {
    const std::size_t signature = token.find(':') + 1;
    const std::string_view proof = token.substr(signature);
    if (is_token(proof)) report(scan, authorization_rule, begin + signature, proof);
  }
}

// Where the value of the header begins whose name `at` is inside of; npos when it has none.
std::size_t header_value(std::string_view text, std::size_t at) {
  const CredentialName name{at, name_end(text, at)};
  const auto joined = read_joint(text, name);
  if (!joined || joined->joint == Joint::copula || joined->joint == Joint::option ||
      joined->joint == Joint::beside)
    return npos;
  return joined->value + quote_bytes(text, joined->value);
}

void recognize_authorization(TextScan& scan, std::size_t at) {
  if (at < scan.header_end) return;
  const std::size_t value = header_value(scan.text, at);
  if (value == npos || value >= scan.text.size()) return;
  scan.header_end = value;
  judge_credentials(scan, value);
}

void recognize_bearer(TextScan& scan, std::size_t at) {
  constexpr std::size_t token_bytes_min = 16;
  if (at > 0 && is_word_char(scan.text[at - 1])) return;
  const std::size_t begin = at + "bearer"sv.size() + blank_bytes(scan.text, at + "bearer"sv.size());
  const std::string_view token = token_at(scan.text, begin);
  if (token.size() >= token_bytes_min && is_secret(token, Claim::hinted)) {
    report(scan, bearer_rule, begin, token);
  }
}

void recognize_basic(TextScan& scan, std::size_t at) {
  constexpr std::size_t login_bytes_min = 8;
  if (at > 0 && is_word_char(scan.text[at - 1])) return;
  const std::size_t begin = at + "basic"sv.size() + blank_bytes(scan.text, at + "basic"sv.size());
  const std::string_view login = token_at(scan.text, begin);
  if (login.size() >= login_bytes_min && is_login(login)) report(scan, basic_rule, begin, login);
}

bool names_session(std::string_view name) {
  constexpr std::size_t session_name_bytes_max = 64;
  if (name.empty() || name.size() > session_name_bytes_max) return false;
  for (std::size_t i = 0; i + 4 <= name.size(); ++i) {
    if (equals_folded(name.substr(i, 4), "sess")) return true;
  }
  return ends_folded(name, "sid") || ends_folded(name, "aspxauth") ||
         starts_folded(name, "remember") || claim_of_name(name).has_value();
}

// name=value; name=value
void recognize_cookie(TextScan& scan, std::size_t at) {
  constexpr std::size_t session_bytes_min = 8;
  if (at < scan.header_end) return;
  const std::size_t value = header_value(scan.text, at);
  if (value == npos || value >= scan.text.size()) return;
  std::string_view rest = scan.text.substr(value, header_bytes_max);
  rest = rest.substr(0, find_first_of(rest, "\r\n\"'`"_bytes));
  scan.header_end = value + rest.size();
  while (!rest.empty()) {
    const std::string_view pair = rest.substr(0, rest.find(';'));
    const std::size_t equals = pair.find('=');
    const auto begin = static_cast<std::size_t>(pair.data() - scan.text.data());
    if (equals != npos) {
      std::string_view name = pair.substr(0, equals);
      while (!name.empty() && is_blank(name.front())) name.remove_prefix(1);
      const std::string_view session = pair.substr(equals + 1);
      if (names_session(name) && session.size() >= session_bytes_min &&
          is_secret(session, Claim::named)) {
        report(scan, cookie_rule, begin + equals + 1, session);
      }
    }
    rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
  }
}

constexpr std::array anchors{
    Anchor{"authorization", recognize_authorization},
    Anchor{"bearer ", recognize_bearer},
    Anchor{"bearer%20", recognize_bearer},
    Anchor{"basic ", recognize_basic},
    Anchor{"basic%20", recognize_basic},
    Anchor{"cookie", recognize_cookie},
};

}  // namespace

std::span<const Anchor> header_anchors() noexcept {
  return anchors;
}

std::span<const Rule* const> header_rules() noexcept {
  return rules;
}

}  // namespace studiosync
