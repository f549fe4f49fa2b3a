// What a crash does to the writes that were not flushed yet.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace studiosync::e2e {

enum class CrashMode : std::uint8_t {
  kept,       // the process died, the machine did not: everything written is there
  dropped,    // nothing that was not flushed is there
  some,       // each write, truncation and name is there or not
  torn_512,   // likewise each sector of 512 bytes that a write touched
  torn_4096,  // likewise each sector of 4,096 bytes
  garbage,    // each sector of 512 bytes is as written, as it was, or garbage
};

inline constexpr std::array crash_modes{CrashMode::kept,      CrashMode::dropped,
                                        CrashMode::some,      CrashMode::torn_512,
                                        CrashMode::torn_4096, CrashMode::garbage};

std::string_view to_string(CrashMode mode) noexcept;
std::optional<CrashMode> crash_mode_from(std::string_view name) noexcept;

}  // namespace studiosync::e2e
