#include "core/sanitizer/sql/token_pattern.hpp"

#include <algorithm>

namespace studiosync {
namespace {

using Kind = TokenPattern::Kind;

constexpr std::size_t gap_max = 8;

// Walks over a pattern's items and the tokens before a spot, both from their ends.
struct Match {
  const Spot& spot;
  const TokenPattern& pattern;
  std::size_t item = 0;
  std::size_t distance = 0;

  // False when the item at hand does not match.
  bool take_item() noexcept {
    const TokenPattern::Item& wanted = pattern.from_end(item++);
    const std::size_t tokens = tokens_of(wanted);
    distance += tokens;
    return tokens != 0 || wanted.kind == Kind::optional_assignment;
  }

  // Up to the pattern's begin or to a gap.
  bool take_items() noexcept {
    while (item < pattern.size() && pattern.from_end(item).kind != Kind::gap) {
      if (!take_item()) return false;
    }
    return true;
  }

  std::size_t tokens_of(const TokenPattern::Item& wanted) const noexcept {
    if (wanted.kind == Kind::operand) return operand_tokens(spot, distance);
    if (wanted.kind != Kind::words) return assignment_tokens(spot, distance);
    const auto words = pattern.alternatives(wanted);
    const bool found =
        std::any_of(words.begin(), words.end(), [&](Term word) { return spot.is(distance, word); });
    return found ? 1 : 0;
  }
};

}  // namespace

std::size_t assignment_tokens(const Spot& spot, std::size_t distance) noexcept {
  static constexpr TermSet signs{"=", ":=", "=>", ":", "=="};
  return signs.has(spot.term(distance)) ? 1 : 0;
}

std::size_t operand_tokens(const Spot& spot, std::size_t distance) noexcept {
  if (!spot.is_operand(distance)) return 0;
  std::size_t tokens = 1;
  while (spot.is(distance + tokens, ".") && spot.is_operand(distance + tokens + 1)) tokens += 2;
  return tokens;
}

bool ends_with_pattern(const Spot& spot, const TokenPattern& pattern) noexcept {
  if (!spot.seen().may_hold(pattern.needed())) return false;
  Match match{spot, pattern};
  if (!match.take_items()) return false;
  if (match.item == pattern.size()) return true;
  ++match.item;
  for (std::size_t skipped = 0; skipped <= gap_max; ++skipped) {
    Match head = match;
    head.distance += skipped;
    if (head.take_items()) return true;
  }
  return false;
}

}  // namespace studiosync
