// A run as one HTML page that stands alone: no script, style or picture from elsewhere.
#pragma once

#include <string>

#include "loadtest/results.hpp"

namespace studiosync::load {

std::string report_html(const Results& results);

}  // namespace studiosync::load
