// How far a misspelt word is from a known one.
#pragma once

#include <cstddef>
#include <string_view>

namespace studiosync::server {

// Levenshtein (1966): insertions, deletions and replacements of single bytes.
std::size_t edit_distance(std::string_view a, std::string_view b);

}  // namespace studiosync::server
