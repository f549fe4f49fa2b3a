// The user's own text where the server has it redacted. It stays in the record while the other side
// leaves the field alone; where the other side replaces it, it is put aside on this device, from
// where the user takes it back. Each function is part of the caller's transaction.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/sync/device_store.hpp"
#include "core/sync/local_edit.hpp"

namespace studiosync {

// What is put aside does not pile up: credentials should not lie around for ever.
inline constexpr std::size_t originals_max = 1000;
inline constexpr Millis originals_kept{90LL * 24 * 3600 * 1000};

// Makes `content`, which follows from the server's version in `record.shadow`, what the user sees.
// What of his own text it replaces is put aside; a text that was put aside, be it just now, comes
// back where the server's version is its redaction. Every path that writes content from the
// server's into a known record goes through here.
void take_content(DeviceStore& store, DeviceRecord& record, std::string content, WallTime now);

// The server's version has moved from `before` to `record.shadow` below the user's unsynced text:
// what it no longer is the redaction of is put aside, and shown until the edit is settled.
void unmark_moved(DeviceStore& store, DeviceRecord& record, std::string_view before, WallTime now);

// Shows what the server has, as after a change that the user gives up.
void show_server_version(DeviceStore& store, DeviceRecord& record, WallTime now);

// Puts aside what redaction would take from `content`, for a text that the server gets by another
// way than the outbox. It comes back with the server's version.
void put_aside(DeviceStore& store, const RecordKey& key, std::string_view content, WallTime now);

// The user has edited the record: puts aside what the server still has the redaction of, which only
// this device has. It comes back where the edit is given up.
void put_aside_edited(DeviceStore& store, const DeviceRecord& record, std::string_view before,
                      WallTime now);
// The server has taken an edit: forgets of its fields what it put aside.
void forget_edited(DeviceStore& store, const DeviceRecord& record,
                   const std::vector<std::string>& fields);

// The user deletes the record, as which it is passed still: puts aside, with all of the content,
// what only this device has of it. It comes back when the delete does not happen.
void put_aside_deleted(DeviceStore& store, const DeviceRecord& record, WallTime now);
// The delete has happened, or the user has made the record anew: forgets what it put aside.
void forget_deleted(DeviceStore& store, const RecordKey& key);
// Whether the user's own delete put it aside, and has not happened yet. It takes no other's place.
bool of_own_delete(const Original& original);

// Marks the fields that the server has as they were sent and that differ here.
void mark_sent(DeviceRecord& record, const Fields& sent);
// After a user's edit: keeps the marks of what he did not touch, and marks what the server has as
// redaction would send it now.
void mark_edited(DeviceRecord& record, std::string_view before, const Fields& sent);
void mark(DeviceRecord& record, const std::string& field);

// Forgets what was put aside and is in the record again.
void forget_returned(DeviceStore& store, const DeviceRecord& record);

// Gives a field back to its record, or the whole record where it is gone, as an edit of the user.
// `not_found` where the number is unknown, or the record is gone and only the field was kept.
Result<EditOutcome> restore_original(DeviceStore& store, std::uint64_t number, WallTime now);
Result<> discard_original(DeviceStore& store, std::uint64_t number);

// Forgets what is older than `originals_kept`. `now` is not to be ahead: what is forgotten is gone.
void expire_originals(DeviceStore& store, WallTime now);

}  // namespace studiosync
