#include "tests/core/sync/rules/two_rule_sets.hpp"

#include "core/sanitizer/sanitize.hpp"

namespace studiosync {

int testing::rule_set = 1;

// Takes the sanitizer's place in this program.
std::vector<Finding> sanitize(const EntitySpec&, Json& data) {
  constexpr std::string_view secret = "<secret>";
  if (testing::rule_set == 0) return {};
  for (Json::Member& member : data.members()) {
    if (!member.value.is_string()) continue;
    std::string text = member.value.as_string();
    const auto at = text.find(secret);
    if (at == std::string::npos) continue;
    text.replace(at, secret.size(), "<" + std::to_string(testing::rule_set) + ">");
    member.value = Json(text);
  }
  return {};
}

}  // namespace studiosync
