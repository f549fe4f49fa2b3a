// Rows from the server onto a device: raises shadows, shows them to the user where nothing of
// theirs is unsynced. Each function is part of the caller's transaction.
#pragma once

#include <vector>

#include "core/sync/device_store.hpp"

namespace studiosync {

// Applies rows in order. A row that is not newer than its shadow changes nothing (an echo, a
// repetition). Returns those that changed what the user sees.
std::vector<RecordKey> apply_rows(DeviceStore& store, const std::vector<Record>& rows,
                                  WallTime now);

enum class FrameFit : std::uint8_t { next, overlap, old, gap };
// Where a frame from `from` to `to` stands relative to the device's cursor.
FrameFit fit(const Cursor& cursor, const Cursor& from, const Cursor& to) noexcept;

}  // namespace studiosync
