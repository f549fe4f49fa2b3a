// The figures of a run as HTML.
#pragma once

#include <string>

#include "loadtest/results.hpp"

namespace studiosync::load {

// The handful that people look at first.
std::string tiles(const Results& results);
// Everything else, each part under its heading; parts with nothing in them are left out.
std::string tables(const Results& results);

}  // namespace studiosync::load
