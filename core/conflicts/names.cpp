// The wire names of what resolving can answer and what a person can choose.
#include <algorithm>
#include <array>
#include <utility>

#include "core/conflicts/resolve.hpp"

namespace studiosync {
namespace {

// Indexed by the enumerator.
constexpr std::array<std::string_view, 7> status_names{
    "applied", "merged", "unchanged", "duplicate", "conflict", "held", "rejected"};
constexpr std::array<std::string_view, 4> choice_names{"local", "remote", "keep_both", "merged"};

template <class Enum, std::size_t N>
std::optional<Enum> parse(const std::array<std::string_view, N>& names,
                          std::string_view name) noexcept {
  const auto it = std::ranges::find(names, name);
  if (it == names.end()) return std::nullopt;
  return static_cast<Enum>(it - names.begin());
}

}  // namespace

std::string_view to_string(Status status) noexcept {
  return status_names.at(static_cast<std::size_t>(status));
}

std::optional<Status> parse_status(std::string_view name) noexcept {
  return parse<Status>(status_names, name);
}

std::string_view to_string(Choice choice) noexcept {
  return choice_names.at(static_cast<std::size_t>(choice));
}

std::optional<Choice> parse_choice(std::string_view name) noexcept {
  return parse<Choice>(choice_names, name);
}

}  // namespace studiosync
