#include "e2e/disk/disk_file.hpp"

#include <algorithm>

namespace studiosync::e2e {

namespace {

enum class Fate : std::uint8_t { written, as_before, garbage };

Fate fate_of_sector(CrashMode mode, Random& random) {
  return static_cast<Fate>(random.below(mode == CrashMode::garbage ? 3 : 2));
}

std::uint64_t sector_bytes(CrashMode mode) {
  return mode == CrashMode::torn_4096 ? 4096 : 512;
}

void fill_with_garbage(std::span<std::uint8_t> bytes, Random& random) {
  std::ranges::generate(bytes, [&] { return static_cast<std::uint8_t>(random.next()); });
}

}  // namespace

void DiskFile::apply(PagedBytes& to, const Write& write) {
  if (write.bytes) {
    to.write(write.offset, *write.bytes);
  } else {
    to.resize(write.offset);
  }
}

void DiskFile::write(std::uint64_t offset, std::span<const std::uint8_t> bytes) {
  unsynced_.push_back(
      {offset, std::make_shared<const std::vector<std::uint8_t>>(bytes.begin(), bytes.end())});
  visible_.write(offset, bytes);
}

void DiskFile::truncate(std::uint64_t size) {
  unsynced_.push_back({size, nullptr});
  visible_.resize(size);
}

void DiskFile::sync() {
  if (!unsynced_.empty()) ++flushes_;
  for (const Write& write : unsynced_) {
    if (!write.lost) apply(durable_, write);
  }
  unsynced_.clear();
}

void DiskFile::fail_sync() {
  for (Write& write : unsynced_) write.lost = true;
}

void DiskFile::apply_damaged(PagedBytes& to, const Write& write, CrashMode mode, Random& random) {
  const std::span<const std::uint8_t> bytes(*write.bytes);
  const std::uint64_t sector = sector_bytes(mode);
  for (std::size_t done = 0; done < bytes.size();) {
    const std::uint64_t at = write.offset + done;
    const std::size_t count = std::min<std::uint64_t>(bytes.size() - done, sector - at % sector);
    const auto piece = bytes.subspan(done, count);
    const Fate fate = fate_of_sector(mode, random);
    if (fate == Fate::written) to.write(at, piece);
    if (fate == Fate::garbage) {
      std::vector<std::uint8_t> garbage(count);
      fill_with_garbage(garbage, random);
      to.write(at, garbage);
    }
    done += count;
  }
}

DiskFile DiskFile::after_crash(CrashMode mode, Random& random) const {
  DiskFile found;
  found.durable_ = mode == CrashMode::kept ? visible_ : durable_;
  if (mode != CrashMode::kept && mode != CrashMode::dropped) {
    for (const Write& write : unsynced_) {
      if (write.lost) continue;
      const bool whole = mode == CrashMode::some || !write.bytes;
      if (!whole) {
        apply_damaged(found.durable_, write, mode, random);
      } else if (random.below(2) == 0) {
        apply(found.durable_, write);
      }
    }
  }
  found.visible_ = found.durable_;
  return found;
}

}  // namespace studiosync::e2e
