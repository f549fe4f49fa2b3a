// One number for a whole run: equal runs have equal numbers, and one event more, less or different
// gives another. Takes values only; never a pointer, the size of an allocation, or a float.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace studiosync::e2e {

class TraceHash {
 public:
  void add(std::uint64_t word) noexcept;
  void add(std::string_view bytes) noexcept;  // with its length

  std::uint64_t value() const noexcept;
  std::string text() const;  // 16 hex digits

 private:
  std::uint64_t state_ = 0x9E3779B97F4A7C15ULL;
};

}  // namespace studiosync::e2e
