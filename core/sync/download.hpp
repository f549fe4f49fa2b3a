// The pages of a plain client, which may take days between two of them. Pure over a UserReader.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/sync/pull.hpp"

namespace studiosync {

// How far a plain client has read.
struct DownloadCursor {
  Cursor place;
  // Until `place` has come so far: the head when the client began at the beginning. It was given
  // nothing that had been deleted by then, so that it may be below the floor as long as that head
  // is not.
  std::optional<Cursor> began;
  bool operator==(const DownloadCursor&) const = default;
};

// The texts of its cursors, with a `.` between two.
std::string to_string(const DownloadCursor& cursor);
std::optional<DownloadCursor> parse_download_cursor(std::string_view text) noexcept;

struct Download {
  Changes page;
  DownloadCursor next;
  // Where a client goes on that keeps a time: the commit of the page's last row, and at the end
  // that of the head, which may be a tombstone that is gone. Never below what it gave, and never
  // "now", which would skip what is being committed.
  CommitTime until;
};

// `resync_required` as for read_page(), but for the floor where the download began at the
// beginning.
Result<Download> read_download(UserReader& log, const DownloadCursor& after, std::uint32_t limit);

// For a client that gives a time instead of a cursor.
Result<Download> read_download_since(UserReader& log, CommitTime since, std::uint32_t limit);

}  // namespace studiosync
