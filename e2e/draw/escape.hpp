// Puts text from anywhere into a page without letting it out of its place.
#pragma once

#include <string>
#include <string_view>

namespace studiosync::e2e {

// Between tags and in quoted attributes.
std::string escape_html(std::string_view text);

// JSON text for a <script type="application/json">: the same value, without a character that ends
// the element or, in a script, a line (<, >, &, U+2028, U+2029).
std::string escape_json_for_script(std::string_view json);

}  // namespace studiosync::e2e
