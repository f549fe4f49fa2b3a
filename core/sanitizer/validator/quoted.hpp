// Reads a quoted value as it stands in SQL and code, at any nesting: '…' "…", and with their
// quotes doubled ('' '''') or escaped (\' \\\") once for each text that they stand in.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace studiosync::validator {

struct QuotedValue {
  std::string_view body;
  char quote = '\'';
};

// The value between the quotes that open at `at` (a prefix as in E'…' or N'…' may stand in front).
// Nothing when no quotes open there, or when they do not close within a bound; one that the end of
// the text cuts off counts. Reads at most the bound. An empty value is a value.
std::optional<QuotedValue> quoted_value(std::string_view text, std::size_t at) noexcept;

}  // namespace studiosync::validator
