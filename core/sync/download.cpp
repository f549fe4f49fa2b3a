#include "core/sync/download.hpp"

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

Download download(UserReader& log, Changes page, const std::optional<Cursor>& began) {
  Download made{.page = std::move(page)};
  const std::optional<Cursor> head = made.page.from.seq ? began : head_cursor(log);
  made.next.place = made.page.to;
  if (head && made.page.to.seq < head->seq) made.next.began = head;
  return made;
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
  return download(log, std::move(page), after.began);
}

Result<Download> read_download_since(UserReader& log, CommitTime since, std::uint32_t limit) {
  SS_ASSIGN(Changes page, read_page_since(log, since, limit));
  return download(log, std::move(page), std::nullopt);
}

}  // namespace studiosync
