// The files of page/, as CMake put them into the program.
#pragma once

#include <string_view>

namespace studiosync::e2e {

// With the marks @TITLE@, @CSS@, @DATA@ and @JS@ where each part belongs, once each.
std::string_view page_html() noexcept;
std::string_view page_css() noexcept;
std::string_view page_js() noexcept;

}  // namespace studiosync::e2e
