#include "server/api/download_query.hpp"

#include <algorithm>
#include <charconv>

#include "core/base/limits.hpp"
#include "core/sync/admission.hpp"

namespace studiosync::server {
namespace {

constexpr std::uint32_t default_limit = 100;

// More than a page holds is not wrong, only never given.
Result<std::uint32_t> read_limit(std::string_view text) {
  if (text.empty()) return default_limit;
  std::uint32_t limit = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), limit);
  if (error != std::errc{} || end != text.data() + text.size() || limit == 0) {
    return fail(ErrorCode::validation_error, "must be a number from 1 to 1000", "limit");
  }
  return std::min(limit, static_cast<std::uint32_t>(limits::page_rows_max));
}

Result<> read_since(std::string_view text, DownloadQuery& query) {
  if (text.empty()) return {};
  query.since = parse_rfc3339(text);
  if (!query.since) return fail(ErrorCode::validation_error, "must be an RFC 3339 time", "since");
  query.by_time = true;
  return {};
}

Result<> read_cursor(std::string_view text, DownloadQuery& query) {
  if (text.empty()) return {};
  const auto cursor = parse_download_cursor(text);
  if (!cursor)
    return fail(ErrorCode::validation_error, "must be a cursor of this server", "cursor");
  query.cursor = *cursor;
  query.by_time = false;
  return {};
}

}  // namespace

Result<DownloadQuery> read_download_query(const HttpRequest& request) {
  DownloadQuery query;
  query.device = {std::string(request.parameter("device_id"))};
  SS_TRY(admit_id(query.device.value, "device_id"));
  SS_ASSIGN(query.limit, read_limit(request.parameter("limit")));
  SS_TRY(read_since(request.parameter("since"), query));
  SS_TRY(read_cursor(request.parameter("cursor"), query));
  return query;
}

}  // namespace studiosync::server
