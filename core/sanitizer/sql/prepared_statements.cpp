#include "core/sanitizer/sql/prepared_statements.hpp"

#include <algorithm>

#include "core/sanitizer/sql/sql_rule_list.hpp"
#include "core/sanitizer/sql/token_pattern.hpp"
#include "core/sanitizer/value/ascii.hpp"

namespace studiosync {
namespace {

constexpr std::size_t parameters_max = 32;

bool equals_in_any_case(std::string_view left, std::string_view right) noexcept {
  return left.size() == right.size() &&
         std::equal(left.begin(), left.end(), right.begin(),
                    [](char a, char b) { return to_lower(a) == to_lower(b); });
}

// 3 of $3 and :3; 0 when there is no number.
std::size_t number_of(std::string_view parameter) noexcept {
  std::size_t number = 0;
  for (const char c : parameter.substr(std::min<std::size_t>(1, parameter.size()))) {
    if (!is_digit(c) || number > parameters_max) return 0;
    number = number * 10 + static_cast<std::size_t>(c - '0');
  }
  return number;
}

}  // namespace

void PreparedStatements::see_name(const Spot& spot, const SqlToken& token) noexcept {
  if (!spot.is(0, "prepare")) return;
  preparing_ = true;
  ++next_;
  newest() = {.name = name_of(spot.text(), token)};
}

void PreparedStatements::see_parameter(std::string_view parameter,
                                       const Position& position) noexcept {
  if (!preparing_) return;
  Prepared& prepared = newest();
  ++prepared.seen;
  const std::size_t number = number_of(parameter) > 0 ? number_of(parameter) : prepared.seen;
  if (position && number <= parameters_max) prepared.parameters |= 1U << (number - 1);
}

Position PreparedStatements::position(std::string_view name, std::size_t argument) const noexcept {
  if (argument >= parameters_max) return {};
  std::uint32_t any = 0;
  for (const Prepared& prepared : prepared_) {
    any |= prepared.parameters;
    if (prepared.name.empty() || !equals_in_any_case(prepared.name, name)) continue;
    any = prepared.parameters;
    break;
  }
  // What was prepared elsewhere is likely to be like what was prepared here.
  const bool credential = (any & (1U << argument)) != 0;
  return credential ? Position{&sql_rule::named_value, Claim::named} : Position{};
}

Position PreparedStatements::using_position(const Spot& spot) const noexcept {
  std::size_t argument = 0;
  std::size_t at = 0;
  while (spot.is(at, ",")) {
    const std::size_t operand = operand_tokens(spot, at + 1);
    if (operand == 0) return {};
    at += 1 + operand;
    ++argument;
  }
  if (!spot.is(at, "using") || !spot.is(at + 2, "execute")) return {};
  return position(spot.name(at + 1), argument);
}

}  // namespace studiosync
