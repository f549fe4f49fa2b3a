// What the server has after it took a change of this device as it was sent: worked out here,
// because the answer does not repeat it. Pure.
#pragma once

#include <optional>

#include "core/protocol/message.hpp"
#include "core/sync/device_store.hpp"

namespace studiosync {

// `before` is the server's version as the device knew it, `head` the end of the log after the
// change: the shadow's seq is never above it, and beyond every seq that the log had before the
// change. The ages of the fields follow where `before` is the version that the change met.
Record own_version(const std::optional<Record>& before, const FrozenChange& change,
                   const ChangeResult& result, const DeviceMeta& author, Seq head);

// The version of a conflicted copy that holds what was sent, by `sent`, and nothing else: where an
// answer is repeated, others may have edited the copy since. One that is below it where that is not
// known for certain: a clock that was corrected, in a stream that began anew since.
Rev rev_as_made(const Record& copy, const Origin& sent);

}  // namespace studiosync
