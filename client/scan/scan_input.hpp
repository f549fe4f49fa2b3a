// Which files a scan looks at, and as what.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/sanitizer/scan.hpp"

namespace studiosync::client {

// Files stay as named, folders become the files below them (sorted; `.git` and links left out).
// `not_found` names the path that does not exist.
Result<std::vector<std::string>> files_below(const std::vector<std::string>& paths);

// SQL by the usual extensions (.sql, .ddl, .pgsql, …), text otherwise.
TextAs kind_of_file(const std::string& file);

// `sql` or `text`.
std::optional<TextAs> parse_text_as(std::string_view name);

// Whether a file's beginning is that of no text: it holds a NUL.
bool is_binary(std::string_view content);

}  // namespace studiosync::client
