// Which copies were made of which records.
#pragma once

#include "e2e/checkers/facts.hpp"

namespace studiosync::e2e::judging {

// Fills `line` and `stray` of the records; when all of them are known.
void draw_lines(Facts& facts);

}  // namespace studiosync::e2e::judging
