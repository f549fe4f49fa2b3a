#include "core/sanitizer/sql/wrapped_values.hpp"

#include "core/sanitizer/sql/named_rules.hpp"
#include "core/sanitizer/sql/sql_rule_list.hpp"
#include "core/sanitizer/sql/word_tables.hpp"

namespace studiosync {
namespace {

using std::string_view_literals::operator""sv;

constexpr TermSet fallbacks{"coalesce", "nvl", "ifnull", "isnull",   "nullif",
                            "concat",   "row", "any",    "concat_ws"};

bool is_wrapped(const Nesting& nesting) noexcept {
  const NestingFrame* frame = nesting.enclosing(0);
  return frame != nullptr && frame->wraps;
}

// Of md5('…') AS password_hash the hash is what the name says, the password what is given.
std::optional<Claim> claim_of_result(std::string_view name) noexcept {
  for (const std::string_view tail : {"_hash"sv, "_digest"sv, "_md5"sv, "hash"sv}) {
    if (ends_folded(name, tail)) return claim_of_name(name.substr(0, name.size() - tail.size()));
  }
  return claim_of_name(name);
}

}  // namespace

void WrappedValues::add(std::string_view text, const SqlToken& token,
                        const Nesting& nesting) noexcept {
  if (!is_wrapped(nesting)) return clear();
  // Shorter ones say how: random_string('X', 16).
  constexpr std::size_t bytes_min = 4;
  const std::string_view value = name_of(text, token);
  if (count_ == values_max || value.size() < bytes_min || is_algorithm_name(value)) return;
  if (count_ == 0) fallback_ = false;
  fallback_ = fallback_ || fallbacks.has(nesting.enclosing(0)->function_term);
  closed_ = false;
  values_[count_++] = token;
}

void WrappedValues::see_sign(Term sign, bool inside) noexcept {
  if (sign == ")") {
    closed_ = true;
  } else if (!inside && !(closed_ && sign == "=")) {
    clear();
  }
}

std::optional<Position> WrappedValues::see(std::string_view text, const SqlToken& token, Term term,
                                           const Nesting& nesting) noexcept {
  if (token.kind == SqlTokenKind::text) add(text, token, nesting);
  if (count_ == 0 || token.kind == SqlTokenKind::text) return {};
  if (token.kind == SqlTokenKind::punctuation) {
    see_sign(term, is_wrapped(nesting));
    return {};
  }
  const bool name = token.kind == SqlTokenKind::word || token.kind == SqlTokenKind::name;
  if (!closed_ || !name || term == "as") return {};
  const auto claim = claim_of_result(name_of(text, token));
  if (!claim) {
    clear();
    return {};
  }
  return Position{.rule = &sql_rule::aliased_value,
                  .claim = fallback_ ? Claim::hinted : *claim,
                  .wrapped = true};
}

}  // namespace studiosync
