// A setting written as a row that is changed: SET value = '…' WHERE name = 'smtp_password'. The
// name comes after the value and says what it was. Values; any thread.
#pragma once

#include <optional>

#include "core/sanitizer/sql/position.hpp"
#include "core/sanitizer/sql/token_trail.hpp"

namespace studiosync {

class SettingPair {
 public:
  struct Found {
    SqlToken value;
    Position position;
  };

  // A text that stands behind `spot`. Returns the value seen before when this text is its name.
  std::optional<Found> see(const Spot& spot, const SqlToken& text) noexcept;
  void clear() noexcept { value_ = {}; }

 private:
  SqlToken value_;
};

// Whether a column holds the names of settings, or their values: option_name, `value`.
bool holds_setting_name(std::string_view column) noexcept;
bool holds_setting_value(std::string_view column) noexcept;

}  // namespace studiosync
