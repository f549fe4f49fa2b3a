// One row for each method of each path: what openapi_document() is made of.
#pragma once

#include <span>
#include <string_view>

namespace studiosync::server {

struct Operation {
  std::string_view method;  // as Route::method
  std::string_view path;
  std::string_view tag;
  std::string_view summary;
  bool token = true;
  std::string_view query = {};    // names of parameters, blank between; `!` behind a required one
  std::string_view request = {};  // names a schema
  int success = 200;
  std::string_view response = {};  // names a schema; empty: text/plain
  // Statuses, blank between, beside those that follow: 401 and 403 from a token, 400 and 413 from a
  // request, 500 and 503 from what waits for a disk or a worker.
  std::string_view errors = {};
  bool waits = true;
  std::string_view unwell = {};  // names the schema that 503 may have instead of an error
};

std::span<const Operation> operations() noexcept;

}  // namespace studiosync::server
