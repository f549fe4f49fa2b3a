#include "core/sync/journal.hpp"

#include <algorithm>
#include <array>

namespace studiosync {
namespace {

constexpr std::array<std::string_view, 9> names{
    "edited", "frozen", "answered", "applied", "merged", "skipped", "rejected", "held", "resync"};

}  // namespace

std::string_view to_string(JournalEvent event) noexcept {
  return names[static_cast<std::size_t>(event)];
}

std::optional<JournalEvent> parse_journal_event(std::string_view text) noexcept {
  const auto found = std::ranges::find(names, text);
  if (found == names.end()) return std::nullopt;
  return static_cast<JournalEvent>(found - names.begin());
}

}  // namespace studiosync
