#include <algorithm>

#include "core/sanitizer/validator/bytes.hpp"
#include "core/sanitizer/validator/recognizers.hpp"
#include "core/sanitizer/validator/rule_texts.hpp"
#include "core/sanitizer/validator/stand_ins.hpp"

namespace studiosync::validator {
namespace {

constexpr std::size_t label_bytes_max = 32;
constexpr std::size_t body_bytes_max = 1024;
constexpr std::size_t base64_bytes_min = 32;
constexpr int base64_distinct_min = 8;
constexpr std::string_view dashes = "-----";
constexpr std::string_view mark = "[REDACTED]";

// Whether one of the first lines of `body` is Base64 that may be random.
bool holds_base64(std::string_view body) noexcept {
  body = body.substr(0, body_bytes_max);
  for (std::size_t at = 0; at < body.size(); ++at) {
    const std::size_t end = run_end(body, at, is_base64);
    if (end - at >= base64_bytes_min && is_varied(body.substr(at, end - at), base64_distinct_min)) {
      return true;
    }
    at = end;
  }
  return false;
}

}  // namespace

const Rule* recognize_private_key(Passage& passage, std::size_t at) {
  const std::string_view text = passage.text();
  const std::size_t label_begin = at > label_bytes_max ? at - label_bytes_max : 0;
  const std::string_view before = text.substr(label_begin, at - label_begin);
  if (before.find("-----BEGIN ") == std::string_view::npos) return nullptr;
  std::size_t begin = at;
  for (const std::string_view label : {"PRIVATE KEY BLOCK-----", "PRIVATE KEY-----"}) {
    if (text.substr(at).starts_with(label)) begin = at + label.size();
  }
  if (begin == at) return nullptr;
  const std::string_view body = text.substr(begin, body_bytes_max);
  // What other text has torn off a key behind its redacted part opens nothing.
  return holds_base64(body.substr(0, std::min(body.find(dashes), body.find(mark)))) ? &pem_rule
                                                                                    : nullptr;
}

const Rule* recognize_putty_key(Passage& passage, std::size_t at) {
  const std::string_view text = passage.text();
  constexpr std::string_view label = "private-lines:";
  if (!has_folded(text, at, label)) return nullptr;
  const std::string_view body = text.substr(at + label.size(), body_bytes_max);
  return holds_base64(body.substr(0, body.find(':'))) ? &putty_rule : nullptr;
}

}  // namespace studiosync::validator
