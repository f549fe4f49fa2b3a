// The parameters of a download. Pure; any thread.
#pragma once

#include <optional>

#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "core/sync/download.hpp"
#include "server/net/http_types.hpp"

namespace studiosync::server {

struct DownloadQuery {
  DeviceId device;
  DownloadCursor cursor;            // the beginning when neither is given
  std::optional<CommitTime> since;  // counts only without a cursor
  bool by_time = false;             // continue after `since`, not after `cursor`
  std::uint32_t limit = 0;          // 1 to limits::page_rows_max
};

// `validation_error` with the parameter's name as path.
Result<DownloadQuery> read_download_query(const HttpRequest& request);

}  // namespace studiosync::server
