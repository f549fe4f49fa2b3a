#include "core/base/ids.hpp"

#include <algorithm>
#include <span>

#include "core/base/hex.hpp"
#include "core/base/random.hpp"

namespace studiosync {
namespace {

// The groups of RFC 9562 section 4: which bytes, and where their digits stand. A hyphen is between.
struct Group {
  std::size_t byte;
  std::size_t size;
  std::size_t at;
};
constexpr std::array<Group, 5> uuid_groups{
    {{0, 4, 0}, {4, 2, 9}, {6, 2, 14}, {8, 2, 19}, {10, 6, 24}}};
constexpr std::size_t uuid_characters = 36;

// Of a replica: the bytes that its successors keep.
constexpr std::size_t line_at = 12;

std::span<const std::uint8_t> line_of(const ReplicaId& replica) {
  return std::span(replica.bytes).subspan(line_at);
}

}  // namespace

std::string uuid_text(const std::array<std::uint8_t, 16>& bytes) {
  std::string text(uuid_characters, '-');
  for (const auto& [byte, size, at] : uuid_groups) {
    write_hex(std::span(bytes).subspan(byte, size), text.data() + at);
  }
  return text;
}

std::optional<std::array<std::uint8_t, 16>> uuid_bytes(std::string_view text) {
  if (text.size() != uuid_characters) return std::nullopt;
  std::array<std::uint8_t, 16> bytes{};
  for (const auto& [byte, size, at] : uuid_groups) {
    if (at > 0 && text[at - 1] != '-') return std::nullopt;
    if (!read_hex(text.substr(at, 2 * size), std::span(bytes).subspan(byte, size))) {
      return std::nullopt;
    }
  }
  return bytes;
}

std::array<std::uint8_t, 16> uuid_v7(std::int64_t unix_ms, Random& random) {
  std::array<std::uint8_t, 16> bytes{};
  for (std::size_t i = 0; i < 6; ++i) {
    bytes[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(unix_ms) >> (40 - 8 * i));
  }
  const std::uint64_t a = random.next();
  const std::uint64_t b = random.next();
  for (std::size_t i = 0; i < 8; ++i) bytes[8 + i] = static_cast<std::uint8_t>(a >> (8 * i));
  bytes[6] = static_cast<std::uint8_t>(0x70 | (b & 0x0F));
  bytes[7] = static_cast<std::uint8_t>(b >> 8);
  bytes[8] = static_cast<std::uint8_t>(0x80 | (bytes[8] & 0x3F));
  return bytes;
}

ReplicaId successor_of(const ReplicaId& last, std::int64_t unix_ms, Random& random) {
  ReplicaId next{uuid_v7(unix_ms, random)};
  if (!last.nil()) std::ranges::copy(line_of(last), next.bytes.begin() + line_at);
  return next;
}

bool of_one_line(const ReplicaId& a, const ReplicaId& b) noexcept {
  return std::ranges::equal(line_of(a), line_of(b));
}

}  // namespace studiosync
