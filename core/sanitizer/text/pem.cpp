#include "core/sanitizer/text/pem.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "core/sanitizer/text/base64.hpp"
#include "core/sanitizer/text/pem_body.hpp"
#include "core/sanitizer/text/token_format.hpp"
#include "core/sanitizer/value/ascii.hpp"
#include "core/sanitizer/value/byte_set.hpp"

namespace studiosync {
namespace {

constexpr auto npos = std::string_view::npos;

constexpr Rule private_key{
    "pem.private_key", "Private key in PEM armour",
    "The body between the BEGIN and END lines of a private key of any kind (RSA, EC, DSA, OpenSSH, "
    "PGP, encrypted ones too), or what is left of it.",
    "-----BEGIN EC PRIVATE KEY-----\n"
    "MHcCAQEEIJ5xTn0tARealKey7mBqYwVd3sZo9eKjRfHcLxUaGp2oAoGCCqGSM49\n"
    "-----END EC PRIVATE KEY-----"};

constexpr Rule putty_key{"pem.putty_key", "Private key of PuTTY",
                         "The private lines of a PuTTY key file.",
                         "PuTTY-User-Key-File-3: ssh-ed25519\nPrivate-Lines: 1\n"
                         "AAAAIJ5xTn0tARealKey7mBqYwVd3sZo9eKjRfHcLxUaGp2o\nPrivate-MAC: 00"};

constexpr Rule bare_key{
    "pem.bare_key", "Private key without armour",
    "Base64 that begins like the encoding of a private key: PKCS #1, PKCS #8, SEC 1 or OpenSSH.",
    "the file MIIEvQ"
    "IBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7n3xQvRt"};

constexpr Rule encoded_key{
    "pem.encoded_key", "Private key in PEM armour, encoded in base64 once more",
    "A whole PEM file in base64, as in the secrets of Kubernetes.",
    "the file LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tCk1JR0hBZ0VBTUJNR0J5cUdTTTQ5QWdFR0NDcUdTTTQ5"};

// `RSA PRIVATE KEY`, `PGP PRIVATE KEY BLOCK`, `OpenVPN Static key V1`; also with %20, + or \ in it.
bool is_private_label(std::string_view label) {
  std::string folded;
  for (const char c : label) {
    if (is_letter(c)) folded.push_back(to_lower(c));
  }
  const auto has = [&](std::string_view word) { return folded.find(word) != npos; };
  return has("privatekey") || (has("openvpn") && has("key"));
}

// Where the armour's next line begins; the text's end when there is none.
std::size_t next_dashes(std::string_view text, std::size_t at) noexcept {
  return std::min(text.find("----", at), text.size());
}

bool is_end_line(std::string_view text, std::size_t at) noexcept {
  std::string_view rest = text.substr(at, 24);
  rest.remove_prefix(std::min(find_first_not_of(rest, "- "_bytes), rest.size()));
  return starts_folded(rest, "end");
}

// `at` is that of the last of the dashes before BEGIN.
void match_armour(TextScan& scan, std::size_t at) {
  constexpr std::size_t label_bytes_max = 64;
  const std::string_view text = scan.text;
  const std::size_t label = find_first_of(text, "Nn"_bytes, at) + 1;
  std::size_t body = std::min(text.find('-', label), text.size());
  if (body - label > label_bytes_max && body != text.size()) return;
  if (!is_private_label(text.substr(label, std::min(body - label, label_bytes_max)))) return;
  body = std::min(text.find_first_not_of('-', body), text.size());
  const std::size_t end = next_dashes(text, body);
  scan.token_begin = at;
  scan.token_end = add_body_hits(scan.hits, private_key, text, body,
                                 {.end = end, .closed = is_end_line(text, end)});
}

// The number of lines follows: `Private-Lines: 14`.
void match_putty(TextScan& scan, std::size_t at) {
  constexpr std::size_t digits_max = 4;
  const std::string_view text = scan.text;
  const std::size_t number = std::min(find_first_not_of(text, ": "_bytes, at + 13), text.size());
  const Run digits = read_run(text, number, chars::digit, digits_max);
  std::size_t lines = 0;
  for (const char c : text.substr(number, digits.count)) {
    lines = lines * 10 + static_cast<std::size_t>(c - '0');
  }
  if (lines == 0) return;
  scan.token_begin = at;
  scan.token_end = add_body_hits(scan.hits, putty_key, text, digits.end, {.lines = lines});
}

void match_bare(TextScan& scan, std::size_t at) {
  constexpr std::size_t head_bytes_max = 6;  // the length of the whole, which varies
  const std::string_view text = scan.text;
  if (scan.inside_token(at)) return;
  std::size_t begin = at;
  while (begin > 0 && at - begin < head_bytes_max && chars::base64.has(text[begin - 1])) --begin;
  if (!starts_token(text, begin)) return;
  scan.token_begin = at;
  scan.token_end = add_body_hits(scan.hits, bare_key, text, begin, {});
}

void match_encoded(TextScan& scan, std::size_t at) {
  constexpr std::size_t first_line_chars = 64;
  const std::string_view text = scan.text;
  if (scan.inside_token(at)) return;
  const std::size_t line_end = read_run(text, at, chars::base64, first_line_chars).end;
  const std::string line = decode_base64(text.substr(at, line_end - at));
  if (!is_private_label(line.substr(0, line.find('\n')))) return;
  scan.token_begin = at;
  scan.token_end = add_body_hits(scan.hits, encoded_key, text, at, {});
}

constexpr std::array anchors{
    Anchor{"-begin", match_armour}, Anchor{"- begin", match_armour},
    Anchor{"private-lines", match_putty}, Anchor{"LS0tLS1CRUdJTi", match_encoded, true, true},
    // PKCS #8: an RSA, elliptic or Ed25519 key
    Anchor{"IBADANBgkqhkiG9w0BAQEFAASC", match_bare}, Anchor{"AgEAMBMGByqGSM49AgEG", match_bare},
    Anchor{"MC4CAQAwBQYDK2VwBCIE", match_bare},
    // PKCS #1, SEC 1
    Anchor{"IBAAKCAQEA", match_bare}, Anchor{"IBAAKCAgEA", match_bare},
    Anchor{"MHcCAQEE", match_bare}, Anchor{"b3BlbnNzaC1rZXktdjE", match_bare}};

constexpr std::array rules{&private_key, &putty_key, &bare_key, &encoded_key};

}  // namespace

std::span<const Anchor> pem_anchors() noexcept {
  return anchors;
}

std::span<const Rule* const> pem_rules() noexcept {
  return rules;
}

}  // namespace studiosync
