// A disk in memory that remembers what of it is safe: files, names, and what a crash leaves.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/random.hpp"
#include "e2e/disk/crash_mode.hpp"
#include "e2e/disk/disk_file.hpp"

namespace studiosync::e2e {

// A value: a copy is the disk of one moment, and cheap (see PagedBytes). Not thread-safe.
//
// Names are durable only after sync_names(), as with a POSIX directory: a file made or removed
// since may be missing or back after a crash, whatever was flushed of its bytes. There is one
// folder; names are whole paths.
class SimulatedDisk {
 public:
  using FileNumber = std::uint64_t;  // never given twice

  std::optional<FileNumber> find(const std::string& name) const;
  // The file's number; an empty file is made when there is none.
  FileNumber open_or_create(const std::string& name);
  // The bytes go when nothing has the file open.
  void remove(const std::string& name);
  void sync_names();
  std::vector<std::string> names() const;

  // While a file is open its bytes stay, with or without a name.
  void hold(FileNumber file);
  void let_go(FileNumber file);
  DiskFile& file(FileNumber number);
  const DiskFile& file(FileNumber number) const;

  // The disk as it is found after a crash now, with nothing open. One seed gives one disk.
  SimulatedDisk after_crash(CrashMode mode, Random& random) const;
  // Whether nothing was flushed between this moment and another one of the same disk: whatever
  // loses all that was not leaves one and the same.
  bool as_safe_as(const SimulatedDisk& other) const;

 private:
  using Names = std::map<std::string, FileNumber>;
  struct NameChange {
    std::string name;
    std::optional<FileNumber> file;  // none: removed
  };
  struct Kept {
    DiskFile bytes;
    int holders = 0;
  };

  static void apply(Names& to, const NameChange& change);
  void forget_nameless();

  std::map<FileNumber, Kept> files_;
  Names visible_;
  Names durable_;
  std::vector<NameChange> unsynced_;
  FileNumber last_ = 0;
};

}  // namespace studiosync::e2e
