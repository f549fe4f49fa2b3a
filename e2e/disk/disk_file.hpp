// One file of a simulated disk: the bytes that are safe, those that programs see, and the writes
// between the two.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/base/random.hpp"
#include "e2e/disk/crash_mode.hpp"
#include "e2e/disk/paged_bytes.hpp"

namespace studiosync::e2e {

// A value: copies share their pages.
class DiskFile {
 public:
  std::uint64_t size() const noexcept { return visible_.size(); }
  std::size_t read(std::uint64_t offset, std::span<std::uint8_t> out) const {
    return visible_.read(offset, out);
  }
  void write(std::uint64_t offset, std::span<const std::uint8_t> bytes);
  void truncate(std::uint64_t size);

  // Everything written so far survives any crash.
  void sync();
  // A flush that failed: the operating system goes on showing what was written and takes it for
  // flushed, but only what is written again can reach the disk (as Linux does).
  void fail_sync();

  // The file as it is found after a crash. Only bytes written since the last flush are damaged.
  DiskFile after_crash(CrashMode mode, Random& random) const;
  bool clean() const noexcept { return unsynced_.empty(); }
  // How often what is safe has changed.
  std::uint64_t flushes() const noexcept { return flushes_; }

 private:
  using Bytes = std::shared_ptr<const std::vector<std::uint8_t>>;
  struct Write {
    std::uint64_t offset = 0;  // of a truncation: the new size
    Bytes bytes;               // null: a truncation
    bool lost = false;         // its flush failed
  };

  static void apply(PagedBytes& to, const Write& write);
  static void apply_damaged(PagedBytes& to, const Write& write, CrashMode mode, Random& random);

  PagedBytes durable_;
  PagedBytes visible_;
  std::vector<Write> unsynced_;  // in order
  std::uint64_t flushes_ = 0;
};

}  // namespace studiosync::e2e
