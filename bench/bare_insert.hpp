// The physical limit of the server's store: the rows it would write, in its own tables, by the
// thinnest code that SQLite allows, under the terms of the server's own writer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "core/conflicts/resolve.hpp"
#include "sqlite/database.hpp"

namespace studiosync::bench {

// A record of 300 bytes under an id that no other has; ids are random, as those of devices are.
Record record_of(std::uint64_t number);

// A new shard as syncd's writer has it: the tables, the page cache, the reserved log, and no
// checkpoint but those of the writer's rule.
std::unique_ptr<sqlite::Database> open_bare_shard(const std::string& file);

// Into a new shard in `parent` by one connection, with a flushed commit each `commit_rows` rows.
// The clock stands while records are made.
double bare_rows_per_second(const std::string& parent, std::size_t rows, std::size_t commit_rows);

}  // namespace studiosync::bench
