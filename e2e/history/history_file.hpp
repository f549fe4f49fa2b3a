// A history as JSON lines: one event a line, canonical, in order. docs/HISTORY.md describes every
// kind. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "e2e/history/event.hpp"

namespace studiosync::e2e {

// Without the newline.
std::string to_json_line(const Event& event);
// Each line ends with a newline.
std::string to_json_lines(const History& history);

Result<Event> parse_event(std::string_view line);
// Empty lines are skipped, and members that nobody knows. A kind that nobody knows is an error, and
// so is a number that is not its event's place. The error names the line and the path.
Result<History> parse_history(std::string_view text);

// The wire name of what an event tells: `edited`, `device_state`.
std::string_view kind_name(const Happening& what) noexcept;
std::string_view kind_name_at(std::size_t alternative) noexcept;  // of the variant
std::string_view to_string(Turned::What what) noexcept;
std::optional<Turned::What> parse_turn(std::string_view name) noexcept;
std::string_view to_string(Decided::What what) noexcept;
std::optional<Decided::What> parse_decision(std::string_view name) noexcept;

}  // namespace studiosync::e2e
