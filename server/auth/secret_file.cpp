#include "server/auth/secret_file.hpp"

#include <array>

#include "core/base/hex.hpp"
#include "os/entropy.hpp"
#include "os/private_file.hpp"

namespace studiosync::server {
namespace {

constexpr std::size_t secret_bytes = 32;

}  // namespace

bool is_secret(std::string_view text) {
  return text.size() == 2 * secret_bytes && from_hex(text);
}

Result<std::optional<std::string>> load_secret(const std::string& path) {
  SS_ASSIGN(auto stored, os::read_private_file(path, 2 * secret_bytes));
  if (!stored || is_secret(*stored)) return stored;
  return fail(ErrorCode::validation_error, path + " does not hold a secret of this program");
}

Result<std::string> load_or_create_secret(const std::string& path) {
  SS_ASSIGN(auto stored, load_secret(path));
  if (stored) return std::move(*stored);
  std::array<std::uint8_t, secret_bytes> bytes{};
  os::fill_random(bytes);
  std::string text = to_hex(bytes);
  SS_TRY(os::write_private_file(path, text));
  return text;
}

}  // namespace studiosync::server
