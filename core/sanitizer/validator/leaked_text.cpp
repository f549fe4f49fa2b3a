#include "core/sanitizer/validator/leaked_text.hpp"

#include "core/sanitizer/validator/json_string.hpp"
#include "core/sanitizer/validator/passage.hpp"
#include "core/sanitizer/validator/triggers.hpp"

namespace studiosync::validator {

std::string_view leak_in(std::string_view text) noexcept {
  const TriggerIndex& index = trigger_index();
  Passage passage(text);
  for (std::size_t at = index.next(text, 0); at != std::string_view::npos;
       at = index.next(text, at + 1)) {
    const std::string_view rule = index.examine(passage, at);
    if (!rule.empty()) return rule;
  }
  return {};
}

std::string_view LeakedText::find(std::string_view raw) {
  // Escapes leave the triggers readable: nearly all strings are done with here, as they stand.
  if (trigger_index().next(raw, 0) == std::string_view::npos) return {};
  return leak_in(decode_json_string(raw, buffer_));
}

}  // namespace studiosync::validator
