// What each kind of step is called and which members it has on file: one table, from which reading,
// writing and checking follow.
#pragma once

#include <span>
#include <string_view>

#include "e2e/scenario/scenario.hpp"

namespace studiosync::e2e {

enum class Need : std::uint8_t { none, optional, required };

struct StepKind {
  Do what{};
  std::string_view name;
  Need device = Need::none;
  Need type = Need::none;
  Need id = Need::none;
  bool data = false;  // always an object
  // The names that Step's text, number and ms have on file; empty = the kind has none.
  std::string_view text = {};
  std::span<const std::string_view> choices = {};  // of the text; empty = any
  std::string_view number = {};
  std::string_view ms = {};
  bool may_be_negative = false;  // ms
};

// By Do.
std::span<const StepKind> step_kinds() noexcept;
const StepKind& kind_of(Do what) noexcept;

}  // namespace studiosync::e2e
