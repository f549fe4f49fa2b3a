// The tables of C functions by which SQLite calls a DiskVfs.
#pragma once

struct sqlite3_vfs;

namespace studiosync::e2e {

class VfsState;

// A VFS that is not registered yet. `state` and its name must outlive it.
sqlite3_vfs make_vfs(VfsState& state);

}  // namespace studiosync::e2e
