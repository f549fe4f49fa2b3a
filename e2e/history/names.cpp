#include <algorithm>
#include <array>

#include "e2e/history/history_file.hpp"

namespace studiosync::e2e {
namespace {

// Indexed by the variant's alternative.
constexpr std::array<std::string_view, std::variant_size_v<Happening>> kinds{
    "edited", "frozen", "sent",   "arrived",      "lost",         "committed", "acknowledged",
    "moved",  "turned", "leaked", "device_state", "server_state", "decided"};

// Indexed by the enumerator.
constexpr std::array<std::string_view, 21> turns{
    "started",     "stopped",      "crashed",      "backed_up", "restored",      "cloned",
    "halted",      "set_aside",    "partitioned",  "healed",    "clock_changed", "logged_in",
    "login_ended", "revoked",      "reset",        "collected", "disk_failed",   "disk_healed",
    "went_online", "went_offline", "policy_chosen"};

// Indexed by the enumerator.
constexpr std::array<std::string_view, 3> decisions{"retried", "taken_off", "discarded"};

}  // namespace

std::string_view kind_name_at(std::size_t alternative) noexcept {
  return kinds.at(alternative);
}

std::string_view kind_name(const Happening& what) noexcept {
  return kind_name_at(what.index());
}

std::string_view to_string(Turned::What what) noexcept {
  return turns.at(static_cast<std::size_t>(what));
}

std::optional<Turned::What> parse_turn(std::string_view name) noexcept {
  const auto at = std::ranges::find(turns, name);
  if (at == turns.end()) return std::nullopt;
  return static_cast<Turned::What>(at - turns.begin());
}

std::string_view to_string(Decided::What what) noexcept {
  return decisions.at(static_cast<std::size_t>(what));
}

std::optional<Decided::What> parse_decision(std::string_view name) noexcept {
  const auto at = std::ranges::find(decisions, name);
  if (at == decisions.end()) return std::nullopt;
  return static_cast<Decided::What>(at - decisions.begin());
}

}  // namespace studiosync::e2e
