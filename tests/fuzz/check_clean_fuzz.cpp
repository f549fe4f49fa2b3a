// Any bytes, as a JSON text and as a JSON string: the validator ends, and its error repeats nothing
// of them but keys that are harmless themselves.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/check.hpp"
#include "core/base/json.hpp"
#include "core/sanitizer/validator/check_clean.hpp"

namespace studiosync {
namespace {

// A secret of this size would be told by an error that repeats it.
constexpr std::size_t chunk_bytes = 8;

bool repeats(std::string_view said, std::string_view input) {
  for (std::size_t at = 0; at + chunk_bytes <= said.size(); ++at) {
    if (input.find(said.substr(at, chunk_bytes)) != std::string_view::npos) return true;
  }
  return false;
}

// What an error says beside the input: a key may well be called like a rule.
bool is_own_text(const Error& error, std::string_view input) {
  return !repeats(input, error.message) && !repeats(input, error.rule);
}

// The keys that a path shows stand in the input; each of them must be clean alone.
void shows_harmless_keys(const Error& error) {
  SS_CHECK(check_clean(Json(error.path).canonical()).has_value());
}

void judge_raw(std::string_view input) {
  const auto result = check_clean(input);
  if (result) return;
  SS_CHECK(result.error().code == ErrorCode::credential_leaked);
  shows_harmless_keys(result.error());
}

// `wrapped` holds the input in places that no path shows.
void judge_wrapped(std::string_view input, const std::string& wrapped, std::string_view path) {
  const auto result = check_clean(wrapped);
  if (result || !is_own_text(result.error(), input)) return;
  const Error& error = result.error();
  SS_CHECK(error.path == path);
  SS_CHECK(!repeats(error.message, input));
  SS_CHECK(!repeats(error.rule, input));
}

// Bytes as they are between two quotes: whatever would end the string, or escape its end, is gone.
std::string as_string_body(std::string_view input) {
  std::string body;
  for (const char c : input) {
    if (c != '"' && c != '\\') body.push_back(c);
  }
  return body;
}

}  // namespace
}  // namespace studiosync

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace studiosync;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  judge_raw(input);
  const std::string body = as_string_body(input);
  judge_wrapped(body, R"(["x",")" + body + R"("])", "$[1]");
  if (valid_utf8(input)) {
    judge_wrapped(input, Json::object().set("q", std::string(input)).canonical(), "$.q");
  }
  return 0;
}
