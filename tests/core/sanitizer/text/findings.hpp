// What the text rules find, in a form that tests can compare.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/sanitizer/text/text_rules.hpp"

namespace studiosync {

struct FoundText {
  std::string rule;
  std::string text;
  friend bool operator==(const FoundText&, const FoundText&) = default;
};

inline void PrintTo(const FoundText& finding, std::ostream* out) {
  *out << finding.rule << " [" << finding.text << "]";
}

// Of the rules whose id begins with one of `families`, each range once.
inline std::vector<FoundText> findings(std::string_view text,
                                       std::vector<std::string_view> families) {
  static const TextRules rules({});
  Hits hits;
  rules.find(text, TextKind::prose, hits);
  std::vector<FoundText> all;
  for (const Hit& hit : hits) {
    for (const std::string_view family : families) {
      if (!hit.rule->id.starts_with(family)) continue;
      all.push_back({std::string(hit.rule->id), std::string(text.substr(hit.begin, hit.size))});
    }
  }
  return all;
}

}  // namespace studiosync
