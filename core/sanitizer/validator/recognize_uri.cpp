#include <algorithm>

#include "core/sanitizer/validator/bytes.hpp"
#include "core/sanitizer/validator/recognizers.hpp"
#include "core/sanitizer/validator/rule_texts.hpp"
#include "core/sanitizer/validator/stand_ins.hpp"

namespace studiosync::validator {
namespace {

constexpr std::size_t userinfo_bytes_max = 512;

bool may_be_userinfo(char c) noexcept {
  // Brackets show how a URI is made up: scheme://[user[:password]@]host.
  constexpr std::string_view excluded = "/?#@<>[]\"'`\\|";
  return static_cast<unsigned char>(c) > ' ' && excluded.find(c) == std::string_view::npos;
}

bool may_begin_host(char c) noexcept {
  return is_alnum(c) || c == '[' || static_cast<unsigned char>(c) >= 0x80;
}

// `begin` is behind the slashes.
const Rule* judge_authority(std::string_view text, std::size_t begin) noexcept {
  const std::size_t end = run_end(text, begin, may_be_userinfo, userinfo_bytes_max);
  if (end + 1 >= text.size() || text[end] != '@' || !may_begin_host(text[end + 1])) return nullptr;
  const std::string_view userinfo = text.substr(begin, end - begin);
  const std::size_t colon = userinfo.find(':');
  if (colon == std::string_view::npos) return nullptr;
  return is_stand_in(userinfo.substr(colon + 1)) ? nullptr : &uri_rule;
}

}  // namespace

const Rule* recognize_uri(Passage& passage, std::size_t at) {
  return judge_authority(passage.text(), at + std::string_view("s://").size());
}

const Rule* recognize_escaped_uri(Passage& passage, std::size_t at) {
  constexpr std::string_view escaped = R"(:\/\/)";
  if (!passage.text().substr(at).starts_with(escaped)) return nullptr;
  return judge_authority(passage.text(), at + escaped.size());
}

}  // namespace studiosync::validator
