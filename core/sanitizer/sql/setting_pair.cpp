#include "core/sanitizer/sql/setting_pair.hpp"

#include "core/sanitizer/sql/named_rules.hpp"
#include "core/sanitizer/sql/sql_rule_list.hpp"
#include "core/sanitizer/value/keys.hpp"

namespace studiosync {
namespace {

// option_name, config_value
std::string_view last_part(std::string_view column) noexcept {
  return column.substr(column.rfind('_') + 1);
}

}  // namespace

bool holds_setting_name(std::string_view column) noexcept {
  return holds_pair_name(last_part(column));
}

bool holds_setting_value(std::string_view column) noexcept {
  return holds_pair_value(last_part(column));
}

std::optional<SettingPair::Found> SettingPair::see(const Spot& spot,
                                                   const SqlToken& text) noexcept {
  if (!spot.is(0, "=") || !spot.is_operand(1)) return {};
  if (holds_setting_value(spot.name(1))) {
    value_ = text;
    return {};
  }
  if (value_.kind == SqlTokenKind::end || !holds_setting_name(spot.name(1))) return {};
  const std::optional<Claim> claim = claim_of_token(spot.text(), text);
  if (!claim) return {};
  const SqlToken value = value_;
  clear();
  return Found{value, {&sql_rule::setting_pair, *claim}};
}

}  // namespace studiosync
