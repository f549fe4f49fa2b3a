// A page of the log as the download's object: one array a type, and the deletes. Pure; any thread.
#pragma once

#include "core/sync/download.hpp"

namespace studiosync::server {

// {connections, saved_queries, …, deleted, sync_timestamp, next_cursor, has_more}; arrays, never
// null. Conflict records show in the conflicts' own list only, but the cursor and the timestamp
// pass them.
Json download_view(const Download& read);

}  // namespace studiosync::server
