#include "client/scan/scan_input.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

namespace studiosync::client {
namespace {

using std::string_view_literals::operator""sv;
namespace files = std::filesystem;

constexpr std::array sql_extensions{".sql"sv,  ".ddl"sv,   ".dml"sv,  ".pgsql"sv, ".psql"sv,
                                    ".tsql"sv, ".plsql"sv, ".pks"sv,  ".pkb"sv,   ".prc"sv,
                                    ".hql"sv,  ".cql"sv,   ".mysql"sv};

// What git and editors look at for the same question.
constexpr std::size_t binary_probe_bytes = 8000;

Unexpected missing(const std::string& path) {
  return fail(ErrorCode::not_found, path + ": no such file or folder");
}

void add_folder(const std::string& folder, std::vector<std::string>& found) {
  std::error_code error;
  files::recursive_directory_iterator at(folder, files::directory_options::skip_permission_denied,
                                         error);
  for (; !error && at != files::recursive_directory_iterator(); at.increment(error)) {
    if (at->path().filename() == ".git") at.disable_recursion_pending();
    if (at->is_regular_file(error) && !at->is_symlink(error)) found.push_back(at->path().string());
  }
}

}  // namespace

Result<std::vector<std::string>> files_below(const std::vector<std::string>& paths) {
  std::vector<std::string> found;
  for (const std::string& path : paths) {
    std::error_code error;
    if (path != "-" && !files::exists(path, error)) return missing(path);
    if (path == "-" || !files::is_directory(path, error)) {
      found.push_back(path);
      continue;
    }
    const auto first = static_cast<std::ptrdiff_t>(found.size());
    add_folder(path, found);
    std::sort(found.begin() + first, found.end());
  }
  return found;
}

TextAs kind_of_file(const std::string& file) {
  std::string extension = files::path(file).extension().string();
  for (char& c : extension) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  const bool sql =
      std::find(sql_extensions.begin(), sql_extensions.end(), extension) != sql_extensions.end();
  return sql ? TextAs::sql : TextAs::text;
}

std::optional<TextAs> parse_text_as(std::string_view name) {
  if (name == "sql") return TextAs::sql;
  if (name == "text") return TextAs::text;
  return std::nullopt;
}

bool is_binary(std::string_view content) {
  return content.substr(0, binary_probe_bytes).find('\0') != std::string_view::npos;
}

}  // namespace studiosync::client
