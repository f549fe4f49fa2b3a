// Texts that are long and nothing else: a file names their length.
#pragma once

#include <string>

#include "core/base/json.hpp"

namespace studiosync::e2e {

// Shorter ones are written out.
inline constexpr std::size_t long_text_bytes_min = 10'000;

std::string long_text(std::size_t bytes);

// Takes such texts out of a step's data: their lengths by field, an object.
Json take_long_texts(Json& data);

}  // namespace studiosync::e2e
