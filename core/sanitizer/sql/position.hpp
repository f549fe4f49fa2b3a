// A place in SQL where a credential stands by grammar, by function or by name. Values; any thread.
#pragma once

#include <cstdint>

#include "core/sanitizer/hit.hpp"
#include "core/sanitizer/value/secret_value.hpp"

namespace studiosync {

struct Position {
  const Rule* rule = nullptr;  // none: nothing is expected here
  Claim claim = Claim::certain;
  bool last_argument = false;  // only when the call ends behind the value
  bool pattern = false;        // LIKE, ~: what has wildcards asks for a kind of hash
  bool wrapped = false;        // an argument, among which names of algorithms are none
  bool doubtful = false;       // a sentence may go on like that: only what is unlike a word
  bool or_format = false;      // or the name of a format: s3(url, 'CSV')
  bool lists_pairs = false;    // name=value;name=value: the values under telling names
  bool stands_out = false;     // a word may stand there: only letters and digits in one

  explicit operator bool() const noexcept { return rule != nullptr; }
};

static_assert(sizeof(Position) == 16);

// What the statement does, as far as it matters to the rules.
enum class Verb : std::uint8_t {
  none,
  define,      // CREATE, ALTER, GRANT, COPY, ATTACH …: options are settings, not comparisons
  manipulate,  // SELECT, INSERT, UPDATE …: names are columns
  execute,     // EXEC, CALL: arguments follow without parentheses
};

}  // namespace studiosync
