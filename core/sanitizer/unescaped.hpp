// A text as it reads once the escapes of JSON are decoded that hide plain letters: \u0070\u0077 for
// pw. Knows which bytes of the original each of its bytes came from. Pure; any thread; linear time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/sanitizer/hit.hpp"

namespace studiosync {

class Unescaped {
 public:
  // Decodes what stands for a byte of ASCII that can be seen, a blank or a line's end, however many
  // backslashes are in front of it. `original` is at most scan_bytes_max.
  explicit Unescaped(std::string_view original);

  std::string_view text() const noexcept { return text_; }

  // The hits of the text as hits of the original, which never cut an escape in two. No replacement
  // brings quotes of its own: what quotes the original has may be escaped.
  void map_back(const Hits& found, Hits& original_hits) const;

 private:
  // From here on the text goes on as the original does from there.
  struct Step {
    std::uint32_t at = 0;
    std::uint32_t original = 0;
  };

  void go_on_from(std::size_t original);
  std::size_t original_of(std::size_t at) const noexcept;

  std::string text_;
  std::vector<Step> steps_{1};
};

}  // namespace studiosync
