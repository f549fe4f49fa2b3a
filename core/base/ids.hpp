// Names for the things that are counted or identified, so that two of them cannot be swapped.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace studiosync {

// A number that only compares with numbers of its own kind.
template <class Tag>
struct Number {
  std::uint64_t value = 0;
  friend constexpr auto operator<=>(Number, Number) = default;
  explicit constexpr operator bool() const noexcept { return value != 0; }
  constexpr Number next() const noexcept { return Number{value + 1}; }
};

using UserId = Number<struct UserTag>;     // per server; below 2^23 within a shard
using Seq = Number<struct SeqTag>;         // place in a user's log, from 1; below 2^40
using Epoch = Number<struct EpochTag>;     // random per shard and server start; never 0; below 2^53
using Generation = Number<struct GenTag>;  // of the account; a reset begins one
using Version = Number<struct VersionTag>;   // of one record: 1, 2, 3, …; 0 = not on the server
using DeviceSeq = Number<struct DevSeqTag>;  // place of a change in its replica's stream, from 1

// A text that only compares with texts of its own kind.
template <class Tag>
struct Name {
  std::string value;
  friend auto operator<=>(const Name&, const Name&) = default;
  bool empty() const noexcept { return value.empty(); }
};

using DeviceId = Name<struct DeviceIdTag>;  // stable; for people and for revocation

// 128 bits, written as a UUID (RFC 9562). The nil value means "none".
template <class Tag>
struct Uuid {
  std::array<std::uint8_t, 16> bytes{};
  friend auto operator<=>(const Uuid&, const Uuid&) = default;
  bool nil() const noexcept { return bytes == std::array<std::uint8_t, 16>{}; }
};

using ReplicaId = Uuid<struct ReplicaTag>;  // one creation of a device's local database
using ChangeId = Uuid<struct ChangeTag>;    // UUIDv7, or derived by hash for plain clients

// Lower-case, with hyphens: 36 characters.
std::string uuid_text(const std::array<std::uint8_t, 16>& bytes);
// Nothing for a text that is not a UUID; accepts upper case.
std::optional<std::array<std::uint8_t, 16>> uuid_bytes(std::string_view text);

template <class Tag>
std::string to_string(const Uuid<Tag>& id) {
  return uuid_text(id.bytes);
}
template <class Id>
std::optional<Id> parse_uuid(std::string_view text) {
  const auto bytes = uuid_bytes(text);
  return bytes ? std::optional<Id>(Id{*bytes}) : std::nullopt;
}

// UUIDv7 (RFC 9562 section 5.7) from a time in milliseconds and 80 random bits.
class Random;
std::array<std::uint8_t, 16> uuid_v7(std::int64_t unix_ms, Random& random);

// A replica that takes the place of another one's: a UUIDv7 with the last 32 bits of that. By them
// a server tells that one device may have had both, without knowing more of either.
ReplicaId successor_of(const ReplicaId& last, std::int64_t unix_ms, Random& random);
bool of_one_line(const ReplicaId& a, const ReplicaId& b) noexcept;

}  // namespace studiosync

template <class Tag>
struct std::hash<studiosync::Number<Tag>> {
  std::size_t operator()(studiosync::Number<Tag> n) const noexcept {
    return std::hash<std::uint64_t>{}(n.value);
  }
};
template <class Tag>
struct std::hash<studiosync::Uuid<Tag>> {
  std::size_t operator()(const studiosync::Uuid<Tag>& id) const noexcept {
    return std::hash<std::string_view>{}(
        {reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()});
  }
};
