#include "core/sanitizer/sql/token_trail.hpp"

namespace studiosync {

std::string_view name_of(std::string_view text, const SqlToken& token) noexcept {
  if (token.kind != SqlTokenKind::parameter) {
    return text.substr(token.body_begin, token.body_end - token.body_begin);
  }
  std::string_view name = spelling_of(text, token);
  while (!name.empty() && !is_word_char(name.front())) name.remove_prefix(1);
  return name;
}

}  // namespace studiosync
