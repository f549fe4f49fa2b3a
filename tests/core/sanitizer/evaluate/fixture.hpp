// One line of fixtures/sanitizer/*.jsonl: a text, and where the credentials in it are.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/sanitizer/scan.hpp"

namespace studiosync::testing {

struct Span {  // half-open, in bytes
  std::size_t begin = 0;
  std::size_t end = 0;
};

struct SanitizerFixture {
  std::string id;
  TextAs as = TextAs::sql;
  std::string group;  // the member `class`
  std::string dialect;
  std::string text;
  std::vector<Span> spans;  // secrets: must be found
  std::vector<Span> may;    // whatever is found here is neither right nor wrong
};

// The error names the first line that is no fixture: a misspelled member must not make a case pass.
Result<std::vector<SanitizerFixture>> parse_fixtures(std::string_view jsonl);
Result<std::vector<SanitizerFixture>> read_fixtures(const std::string& path);

}  // namespace studiosync::testing
