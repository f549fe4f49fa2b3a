// Holds all text rules together to marked texts: "pwd=‹hunter2›;".
#pragma once

#include <gtest/gtest.h>

#include <initializer_list>
#include <string_view>

#include "core/sanitizer/text/text_rules.hpp"
#include "tests/core/sanitizer/text/marked_text.hpp"

namespace studiosync {

inline std::string found_by_all_rules(std::string_view text) {
  static const TextRules rules({});
  Hits hits;
  rules.find(text, TextKind::prose, hits);
  return with_marks(text, hits);
}

// What is marked is found, and nothing else; once redacted, nothing is.
inline void expect_found(std::initializer_list<std::string_view> texts) {
  for (const std::string_view marked : texts) {
    EXPECT_EQ(found_by_all_rules(without_marks(marked)), marked);
    const std::string redacted = redacted_marks(marked);
    EXPECT_EQ(found_by_all_rules(redacted), redacted);
  }
}

}  // namespace studiosync
