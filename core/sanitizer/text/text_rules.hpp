// The textual layer for everything that needs no SQL grammar: provider keys, PEM, JWT, URIs,
// connection strings, headers, .env lines, command lines, assignments. Pure, any thread; linear
// time.
#pragma once

#include <span>
#include <string_view>

#include "core/sanitizer/text/anchor.hpp"
#include "core/sanitizer/text/anchor_matcher.hpp"
#include "core/sanitizer/value/trigger_word.hpp"

namespace studiosync {

// What a search learned beside the hits.
struct TextFacts {
  SqlPlaces sql_places;              // where the SQL rules must look
  bool has_escaped_letters = false;  // \u0070 for p: the rules saw nothing of what it hides
};

// All rules of this layer, compiled. Made once, in less than a millisecond; immutable.
class TextRules {
 public:
  // `sql_words` are looked for in the same pass; they must outlive this object.
  explicit TextRules(std::span<const TriggerWord> sql_words);

  // Appends the hits. `text` is at most scan_bytes_max; invalid UTF-8 does no harm.
  TextFacts find(std::string_view text, TextKind kind, Hits& hits) const;

 private:
  AnchorMatcher prose_;
  AnchorMatcher code_;
};

// All rules of this layer.
std::span<const Rule* const> text_rules();

}  // namespace studiosync
