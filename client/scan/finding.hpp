// What a scan of one file found, with places as editors count them. Values; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/sanitizer/redact.hpp"

namespace studiosync::client {

struct FileFinding {
  const Rule* rule = nullptr;
  std::size_t start = 0;  // bytes, half-open
  std::size_t end = 0;
  std::size_t line = 1;
  std::size_t column = 1;  // in characters (Unicode code points)
  std::size_t end_line = 1;
  std::size_t end_column = 1;  // behind the last character
};

struct ScannedFile {
  std::string name;  // as the user gave it
  std::vector<FileFinding> findings;
};

// `hits` as scan returns them.
std::vector<FileFinding> place_findings(std::string_view text, const Hits& hits);

}  // namespace studiosync::client
