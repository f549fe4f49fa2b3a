// The physical limit of the server's store: the rows it would write, in its own tables, by the
// thinnest code that SQLite allows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "core/conflicts/resolve.hpp"

namespace studiosync::bench {

// A record of 300 bytes under an id that no other has; ids are random, as those of devices are.
Record record_of(std::uint64_t number);

// Into a new database in `parent`, with a flushed commit each `commit_rows` rows.
double bare_rows_per_second(const std::string& parent, std::size_t rows, std::size_t commit_rows);

}  // namespace studiosync::bench
