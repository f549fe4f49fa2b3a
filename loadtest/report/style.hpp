// How the report looks.
#pragma once

#include <string_view>

namespace studiosync::load {

std::string_view report_css() noexcept;

}  // namespace studiosync::load
