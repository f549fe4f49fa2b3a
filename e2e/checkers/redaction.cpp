#include "e2e/checkers/redaction.hpp"

#include <algorithm>

#include "e2e/checkers/content.hpp"

namespace studiosync::e2e::judging {
namespace {

// What stands between the marks stands in the original, too, in the same order.
bool text_redaction_of(std::string_view original, std::string_view stored) {
  constexpr std::string_view mark = "[REDACTED]";
  std::size_t at = stored.find(mark);
  if (at == std::string_view::npos || !original.starts_with(stored.substr(0, at))) return false;
  std::size_t done = at;
  while (at != std::string_view::npos) {
    stored.remove_prefix(at + mark.size());
    at = stored.find(mark);
    const std::size_t found = original.find(stored.substr(0, at), done);
    if (found == std::string_view::npos) return false;
    done = found;
  }
  return original.ends_with(stored);
}

// Members go, or are redacted themselves.
bool tree_redaction_of(std::string_view original, std::string_view stored) {
  return std::ranges::all_of(members_of(stored), [&](const MemberText& member) {
    const std::string_view before = member_of(original, member.name);
    return before == member.value || redaction_of(before, member.value);
  });
}

}  // namespace

bool redaction_of(std::string_view original, std::string_view stored) {
  if (original == stored || stored.empty()) return false;
  const bool objects = original.starts_with('{') && stored.starts_with('{');
  return objects ? tree_redaction_of(original, stored) : text_redaction_of(original, stored);
}

bool copied_name(std::string_view name, std::string_view copy) {
  constexpr std::string_view suffix = " (conflicted copy - ";
  const bool unnamed = name.empty() || name == R"("")";
  if (unnamed) return copy.starts_with(std::string("\"").append(suffix.substr(1)));
  const std::size_t at = copy.rfind(suffix);
  if (at == std::string_view::npos || name.size() < 2) return false;
  // Without the closing quote; a long name is cut to make room, and a copy's copy is not nested.
  const std::string_view whole = name.substr(0, name.size() - 1);
  return whole.starts_with(copy.substr(0, at)) || copied_name(name, copy.substr(0, at));
}

}  // namespace studiosync::e2e::judging
