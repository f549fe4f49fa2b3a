#include "server/net/gzip.hpp"

#include <zlib.h>

#include <limits>

namespace studiosync::server {
namespace {

// zlib's number for "with a gzip header", added to the window's bits.
constexpr int gzip_window_bits = 15 + 16;
constexpr int default_memory_level = 8;

std::string_view trimmed(std::string_view text) noexcept {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// `q=0`, `q=0.0`, `q=0.000`.
bool weight_is_zero(std::string_view parameters) noexcept {
  const std::size_t at = parameters.find("q=");
  if (at == std::string_view::npos) return false;
  const std::string_view weight = trimmed(parameters.substr(at + 2));
  return weight.find_first_not_of("0.") == std::string_view::npos;
}

}  // namespace

std::optional<std::string> gzip(std::string_view plain) {
  if (plain.size() > std::numeric_limits<uInt>::max()) return std::nullopt;
  z_stream stream{};
  // The fastest level: it runs on an I/O thread, and JSON shrinks to a fifth with it already.
  if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, gzip_window_bits, default_memory_level,
                   Z_DEFAULT_STRATEGY) != Z_OK) {
    return std::nullopt;
  }
  std::string out(deflateBound(&stream, plain.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
  stream.avail_in = static_cast<uInt>(plain.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int result = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  if (result != Z_STREAM_END) return std::nullopt;
  return out;
}

bool accepts_gzip(std::string_view accept_encoding) noexcept {
  while (!accept_encoding.empty()) {
    const std::string_view entry = accept_encoding.substr(0, accept_encoding.find(','));
    accept_encoding.remove_prefix(std::min(entry.size() + 1, accept_encoding.size()));
    const std::size_t semicolon = entry.find(';');
    if (trimmed(entry.substr(0, semicolon)) != "gzip") continue;
    return semicolon == std::string_view::npos || !weight_is_zero(entry.substr(semicolon + 1));
  }
  return false;
}

}  // namespace studiosync::server
