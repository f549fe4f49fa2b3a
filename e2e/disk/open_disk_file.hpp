// One open file of a DiskVfs: what SQLite's xRead, xWrite, xSync, … do. Codes are SQLite's.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "e2e/disk/vfs_state.hpp"

namespace studiosync::e2e {

class OpenDiskFile {
 public:
  struct Traits {
    bool delete_on_close = false;
    bool sync_names = false;  // a flush of it makes names durable, too
  };

  OpenDiskFile(VfsState& vfs, std::string name, Traits traits);
  ~OpenDiskFile();
  OpenDiskFile(const OpenDiskFile&) = delete;
  OpenDiskFile& operator=(const OpenDiskFile&) = delete;

  int read(std::uint64_t offset, std::span<std::uint8_t> out);
  int write(std::uint64_t offset, std::span<const std::uint8_t> bytes);
  int truncate(std::uint64_t size);
  int sync();
  int size(std::uint64_t& bytes);

  int lock(int level);
  int unlock(int level);
  int check_reserved(bool& reserved);

  int map_index(std::size_t number, std::size_t bytes, bool create, void*& memory);
  int lock_index(int first, int count, bool exclusive);
  void unlock_index(int first, int count);
  void unmap_index();

 private:
  DiskFault begin(DiskCall call, std::uint64_t offset = 0,
                  std::span<const std::uint8_t> bytes = {});
  DiskFile& bytes() { return vfs_.disk().file(number_); }
  FileSharing& sharing() { return vfs_.sharing(number_); }

  VfsState& vfs_;
  const std::string name_;
  const Traits traits_;
  const SimulatedDisk::FileNumber number_;
  const FileSharing::Connection connection_;
};

}  // namespace studiosync::e2e
