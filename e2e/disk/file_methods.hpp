// Ties an OpenDiskFile to the piece of memory that SQLite knows as an open file.
#pragma once

#include <memory>

struct sqlite3_file;

namespace studiosync::e2e {

class OpenDiskFile;

// The size of that piece of memory.
extern const int attached_file_bytes;

// SQLite's xClose ends the file's life.
void attach(sqlite3_file* file, std::unique_ptr<OpenDiskFile> open);

}  // namespace studiosync::e2e
