// A file's bytes in pages that copies share until one of them writes: a copy of a whole disk costs
// a few pointers.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace studiosync::e2e {

// Not thread-safe, copies included.
class PagedBytes {
 public:
  std::uint64_t size() const noexcept { return size_; }
  // Copies what there is from `offset` on, and zeros beyond the end. Returns the bytes there were.
  std::size_t read(std::uint64_t offset, std::span<std::uint8_t> out) const;
  // Grows as needed; a gap reads as zeros.
  void write(std::uint64_t offset, std::span<const std::uint8_t> bytes);
  void resize(std::uint64_t size);

 private:
  static constexpr std::size_t page_bytes = 4096;
  using Page = std::array<std::uint8_t, page_bytes>;

  // The page for writing: ours alone.
  Page& own(std::size_t number);

  std::vector<std::shared_ptr<Page>> pages_;  // null: zeros
  std::uint64_t size_ = 0;
};

}  // namespace studiosync::e2e
