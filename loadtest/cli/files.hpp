// Output of the verbs.
#pragma once

#include <string>

#include "core/base/result.hpp"

namespace studiosync::load {

// `-` is standard output.
Result<> write_text(const std::string& file, const std::string& text);

// One line on standard error.
void complain(const Error& error);

}  // namespace studiosync::load
