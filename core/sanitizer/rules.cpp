#include "core/sanitizer/rules.hpp"

#include <algorithm>

#include "core/sanitizer/redact.hpp"
#include "core/sanitizer/sanitize.hpp"
#include "core/sanitizer/sql/sql_rules.hpp"
#include "core/sanitizer/text/text_rules.hpp"
#include "core/sanitizer/validator/validator_rules.hpp"

namespace studiosync {
namespace {

std::vector<const Rule*> join_layers() {
  std::vector<const Rule*> rules;
  for (const auto layer : {structural_rules(), text_rules(), sql_rules(), validator_rules()}) {
    rules.insert(rules.end(), layer.begin(), layer.end());
  }
  rules.push_back(&withheld_rule());
  std::sort(rules.begin(), rules.end(),
            [](const Rule* left, const Rule* right) { return left->id < right->id; });
  return rules;
}

}  // namespace

const std::vector<const Rule*>& all_rules() {
  static const std::vector<const Rule*> rules = join_layers();
  return rules;
}

const Rule* find_rule(std::string_view id) {
  const auto& rules = all_rules();
  const auto at =
      std::lower_bound(rules.begin(), rules.end(), id,
                       [](const Rule* rule, std::string_view wanted) { return rule->id < wanted; });
  return at != rules.end() && (*at)->id == id ? *at : nullptr;
}

}  // namespace studiosync
