#include "core/sync/download.hpp"

#include <algorithm>
#include <utility>

namespace studiosync {
namespace {

Result<Changes> page_after(UserReader& log, const DownloadCursor& after, std::uint32_t limit) {
  const Pull pull{after.place, limit};
  const UserState state = log.state();
  if (!after.began || check_fresh(state, after.place)) return read_page(log, pull);
  SS_TRY(check_fresh(state, *after.began));
  SS_TRY(check_history(log, *after.began));
  return read_snapshot(log, pull);
}

DownloadCursor next_of(UserReader& log, const Changes& page, const std::optional<Cursor>& began) {
  const std::optional<Cursor> head = page.from.seq ? began : head_cursor(log);
  return {page.to, head && page.to.seq < head->seq ? head : std::nullopt};
}

CommitTime end_of(UserReader& log, const Changes& page) {
  const bool at_head = !page.has_more || page.changes.empty();
  return at_head ? log.state().last_commit : page.changes.back().committed;
}

}  // namespace

std::string to_string(const DownloadCursor& cursor) {
  return to_string(cursor.place) + (cursor.began ? "." + to_string(*cursor.began) : "");
}

std::optional<DownloadCursor> parse_download_cursor(std::string_view text) noexcept {
  const std::size_t mark = text.find('.');
  const auto place = parse_cursor(text.substr(0, mark));
  if (!place) return std::nullopt;
  if (mark == std::string_view::npos) return DownloadCursor{*place, std::nullopt};
  const auto began = parse_cursor(text.substr(mark + 1));
  return began ? std::optional(DownloadCursor{*place, began}) : std::nullopt;
}

Result<Download> read_download(UserReader& log, const DownloadCursor& after, std::uint32_t limit) {
  SS_ASSIGN(Changes page, page_after(log, after, limit));
  Download read{.next = next_of(log, page, after.began), .until = end_of(log, page)};
  read.page = std::move(page);
  return read;
}

Result<Download> read_download_since(UserReader& log, CommitTime since, std::uint32_t limit) {
  SS_ASSIGN(Changes page, read_page_since(log, since, limit));
  Download read{.next = next_of(log, page, {}), .until = std::max(since, end_of(log, page))};
  read.page = std::move(page);
  return read;
}

}  // namespace studiosync
