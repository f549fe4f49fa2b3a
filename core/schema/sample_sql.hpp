// Queries of the shapes that people write, in the dialect of a connection. For samples only.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/random.hpp"

namespace studiosync::sample {

// `database` is a value of connection.type. About `bytes` long, at times much shorter; no
// credentials.
std::string query(Random& random, std::string_view database, std::size_t bytes);

}  // namespace studiosync::sample
