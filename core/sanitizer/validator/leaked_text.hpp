// Whether the text of a JSON string holds a credential.
#pragma once

#include <string>
#include <string_view>

namespace studiosync::validator {

// The id of the rule that refuses `text`, or nothing. Linear time.
std::string_view leak_in(std::string_view text) noexcept;

// The same of strings as they are written.
class LeakedText {
 public:
  // `raw` is what stands between the quotes, escapes as written. Memory in the size of the longest
  // string. Not thread-safe: it keeps a buffer.
  std::string_view find(std::string_view raw);

 private:
  std::string buffer_;
};

}  // namespace studiosync::validator
