// Takes the place of the validator in this program: refuses a word that the sanitizer knows nothing
// of.
#include "core/sanitizer/validator/check_clean.hpp"

namespace studiosync {

Result<> check_clean(std::string_view content) {
  if (content.find("FORBIDDEN") == std::string_view::npos) return {};
  return fail(ErrorCode::credential_leaked, "the content may hold a credential", "$.name");
}

bool is_clean_text(std::string_view text) noexcept {
  return text.find("FORBIDDEN") == std::string_view::npos;
}

}  // namespace studiosync
