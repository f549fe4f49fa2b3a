// What a user of the SQL client writes: new records, and changes to those he is working with.
#pragma once

#include "loadtest/fleet/team.hpp"

namespace studiosync::load {

// The content of so many records that a device has put last is kept, so that edits of them are real
// ones.
inline constexpr std::size_t worked_with = 64;

// A new record of an ordinary mix: mostly history and queries, some chats and connections. None
// that stays on its device.
Sample new_record(User& user);

// The user works with this record from now on, if it is of a type that is changed at all.
void note_recent(User& user, const RecordKey& key);

// One edit on `device`: every other one changes a record that the user has worked with lately,
// where the device has its content.
void edit_something(User& user, VirtualDevice& device, Moment intended);

// Changes a field of the record that users change often. Nothing where this device has no content.
void change_record(User& user, VirtualDevice& device, const RecordKey& key, Moment intended);

}  // namespace studiosync::load
