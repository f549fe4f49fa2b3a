#include "server/app/key_file.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

namespace studiosync::server {

Result<std::optional<std::string>> read_key_file(const std::string& file) {
  std::error_code missing;
  if (!std::filesystem::exists(file, missing) && !missing) return std::nullopt;
  std::ifstream in(file, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(in), {});
  if (!in) return fail(ErrorCode::store_error, "cannot read " + file);
  return text;
}

}  // namespace studiosync::server
