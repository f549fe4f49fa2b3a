// How far a device has read a user's log. Opaque on the wire; its meaning is the server's alone.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.hpp"

namespace studiosync {

struct Cursor {
  Epoch epoch;  // of the server start that wrote the row at `seq`; 0 only in the first cursor
  Seq seq;      // everything up to here has been read
  Generation generation;  // of the account
  friend auto operator<=>(const Cursor&, const Cursor&) = default;
};

// `e` + epoch, seq, generation as hex joined by `-`; the first cursor is `0-0-0`'s text too.
std::string to_string(const Cursor& cursor);
std::optional<Cursor> parse_cursor(std::string_view text) noexcept;

// The user's first seq of each epoch, oldest first: what makes a restored server noticeable.
struct EpochMark {
  Epoch epoch;
  Seq first_seq;
  bool operator==(const EpochMark&) const = default;
};
using Epochs = std::vector<EpochMark>;

// The epoch that a seq belongs to: the last one that began at or below it; 0 before the first.
Epoch epoch_at(const Epochs& epochs, Seq seq) noexcept;

// Valid: the epoch is known, seq is at most `head`, and no later epoch began at or below seq.
// The beginning (seq 0) is always valid.
bool cursor_valid(const Cursor& cursor, const Epochs& epochs, Seq head) noexcept;

// The last seq that both histories share, for a cursor that is not valid here.
Seq fork_point(const Epochs& theirs, const Epochs& ours, Seq head) noexcept;

// A device's epochs and its cursor's, in the order of their rows. It learns of an epoch at its next
// hello, and reads rows of it before: without that one the list would put a fork too far back.
Epochs with_epoch_of(const Cursor& cursor, Epochs epochs);

}  // namespace studiosync
