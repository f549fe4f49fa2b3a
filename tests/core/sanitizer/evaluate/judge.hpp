// What the sanitizer did with one fixture, held against what was planted in it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tests/core/sanitizer/evaluate/fixture.hpp"

namespace studiosync::testing {

struct Verdict {
  bool recalled = true;        // every byte of every span lies within hits: nothing of it remains
  bool exact = true;           // and every span is one hit, no byte more
  std::size_t right_hits = 0;  // hits that overlap a span
  Hits wrong_hits;             // hits that overlap neither a span nor a `may`
  bool idempotent = true;      // the redacted text is left as it is
  bool accepted = true;        // the validator lets the redacted text pass
  bool refused_raw = false;    // the validator alone would have stopped the text
};

// Of the hits alone; the other members stay as they are.
Verdict judge_hits(const SanitizerFixture& fixture, const Hits& hits);

// Cleans the text, cleans it again, and asks the validator.
Verdict judge(const SanitizerFixture& fixture);

// Whether the validator lets a record with this text pass.
bool validator_accepts(std::string_view text);

}  // namespace studiosync::testing
