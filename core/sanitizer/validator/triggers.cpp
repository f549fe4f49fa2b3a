#include "core/sanitizer/validator/triggers.hpp"

#include <array>
#include <vector>

#include "core/sanitizer/validator/provider_shapes.hpp"

namespace studiosync::validator {
namespace {

// What is written with escapes could hold any trigger: the text is decoded, and looked at as such.
const Rule* recognize_nothing(Passage&, std::size_t) {
  return nullptr;
}

constexpr auto words = std::to_array<Trigger>({
    {"{a1}://", 0, recognize_uri},
    {"eyJ{a1}", 0, recognize_jwt},
    {"bearer", 2, recognize_bearer},
    {"basic", 1, recognize_basic},
    {"PRIVATE KEY", 1, recognize_private_key},
    {"private-lines", 7, recognize_putty_key},
    {"identified", 4, recognize_identified},
    {"pragma", 2, recognize_pragma},
    {"password", 2, recognize_name},
    {"passwd", 2, recognize_name},
    {"passphrase", 2, recognize_name},
    {"pwd{q1}", 0, recognize_name},
    {"secret", 0, recognize_name},
    {"private", 1, recognize_name},
    {"apikey", 1, recognize_name},
    {"api{s1}key", 0, recognize_name},
    {"access{s1}key", 4, recognize_name},
    {"accesskey", 4, recognize_name},
    {"accountkey", 5, recognize_name},
    {"\\u00", 0, recognize_nothing},
    {":\\/\\", 0, recognize_escaped_uri},
    {":\\//", 0, recognize_nothing},
    {":\\\\{e1}", 0, recognize_nothing},
    {":/\\/", 0, recognize_nothing},
    {"1\\/\\", 0, recognize_nothing},
});

std::vector<Trigger> all_triggers() {
  std::vector<Trigger> triggers(words.begin(), words.end());
  for (const ProviderShape& row : provider_shapes()) {
    triggers.push_back({.shape = row.shape, .anchor = row.anchor, .rule = row.id});
  }
  return triggers;
}

}  // namespace

const TriggerIndex& trigger_index() {
  static const std::vector<Trigger> triggers = all_triggers();
  static const TriggerIndex index(triggers);
  return index;
}

}  // namespace studiosync::validator
