// The tables of token formats, one file for each field of business.
#pragma once

#include <string_view>
#include <vector>

#include "core/sanitizer/text/token_format.hpp"

namespace studiosync {

// Why most of them are credentials.
inline constexpr std::string_view opens_account =
    "It opens the account that it was issued for, without a further question.";

struct TokenTable {
  std::vector<Anchor> anchors;
  std::vector<const Rule*> rules;
};

template <const auto& formats>
TokenTable table_of() {
  TokenTable table{.anchors = anchors_of<formats>(), .rules = {}};
  for (const TokenFormat& format : formats) table.rules.push_back(&format.rule);
  return table;
}

TokenTable cloud_formats();
TokenTable code_formats();
TokenTable ai_formats();
TokenTable data_formats();
TokenTable business_formats();

}  // namespace studiosync
