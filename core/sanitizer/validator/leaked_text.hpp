// Whether the text of a JSON string holds a credential. Not thread-safe: it keeps a buffer.
#pragma once

#include <string>
#include <string_view>

namespace studiosync::validator {

class LeakedText {
 public:
  // The id of the rule that refuses the string, or nothing. `raw` is what stands between the
  // quotes, escapes as written. Linear time; memory in the size of the longest string.
  std::string_view find(std::string_view raw);

 private:
  std::string buffer_;
};

}  // namespace studiosync::validator
