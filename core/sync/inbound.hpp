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

// The same for rows that were read from the server after everything that the device knows of it:
// they replace shadows of any version, those of a history that is gone too.
std::vector<RecordKey> adopt_rows(DeviceStore& store, const std::vector<Record>& rows,
                                  WallTime now);

// Whether there is a record, and it is not deleted.
bool is_live(const std::optional<Record>& record) noexcept;

// Whether a version that the server sent replaces the one that the device knows. One that arrives
// late does not: seqs order all versions of one history, also of a record that was made anew under
// the id of one whose tombstone is collected.
bool supersedes(const Record& row, const std::optional<Record>& shadow) noexcept;

enum class FrameFit : std::uint8_t { next, overlap, old, gap };
// Where a frame from `from` to `to` stands relative to the device's cursor.
FrameFit fit(const Cursor& cursor, const Cursor& from, const Cursor& to) noexcept;

}  // namespace studiosync
