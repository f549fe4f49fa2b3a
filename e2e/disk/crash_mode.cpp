#include "e2e/disk/crash_mode.hpp"

namespace studiosync::e2e {

std::string_view to_string(CrashMode mode) noexcept {
  switch (mode) {
    case CrashMode::kept:
      return "kept";
    case CrashMode::dropped:
      return "dropped";
    case CrashMode::some:
      return "some";
    case CrashMode::torn_512:
      return "torn-512";
    case CrashMode::torn_4096:
      return "torn-4096";
    case CrashMode::garbage:
      return "garbage";
  }
  return "";
}

std::optional<CrashMode> crash_mode_from(std::string_view name) noexcept {
  for (const CrashMode mode : crash_modes) {
    if (to_string(mode) == name) return mode;
  }
  return std::nullopt;
}

}  // namespace studiosync::e2e
