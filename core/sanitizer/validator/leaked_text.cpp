#include "core/sanitizer/validator/leaked_text.hpp"

#include "core/sanitizer/validator/json_string.hpp"
#include "core/sanitizer/validator/passage.hpp"
#include "core/sanitizer/validator/triggers.hpp"

namespace studiosync::validator {

std::string_view LeakedText::find(std::string_view raw) {
  const TriggerIndex& index = trigger_index();
  // Escapes leave the triggers readable: nearly all strings are done with here, as they stand.
  std::size_t at = index.next(raw, 0);
  if (at == std::string_view::npos) return {};
  const std::string_view text = decode_json_string(raw, buffer_);
  if (text.data() != raw.data()) at = index.next(text, 0);
  Passage passage(text);
  while (at != std::string_view::npos) {
    const std::string_view rule = index.examine(passage, at);
    if (!rule.empty()) return rule;
    at = index.next(text, at + 1);
  }
  return {};
}

}  // namespace studiosync::validator
