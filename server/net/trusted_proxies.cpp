#include "server/net/trusted_proxies.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace studiosync::server {
namespace {

namespace ip = boost::asio::ip;

ip::address_v6 as_v6(const ip::address& address) {
  return address.is_v6() ? address.to_v6() : ip::make_address_v6(ip::v4_mapped, address.to_v4());
}

ip::address unmapped(const ip::address& address) {
  if (!address.is_v6() || !address.to_v6().is_v4_mapped()) return address;
  return ip::make_address_v4(ip::v4_mapped, address.to_v6());
}

std::optional<ip::address> address_in(std::string_view text) {
  boost::system::error_code error;
  const auto address = ip::make_address(std::string(text), error);
  return error ? std::nullopt : std::optional(address);
}

// A hop is an address, `address:port` or `[address]:port`.
std::optional<ip::address> address_of_hop(std::string_view hop) {
  while (hop.starts_with(' ') || hop.starts_with('\t')) hop.remove_prefix(1);
  while (hop.ends_with(' ') || hop.ends_with('\t')) hop.remove_suffix(1);
  if (hop.starts_with('[')) {
    hop = hop.substr(1, hop.find(']') - 1);
  } else if (std::ranges::count(hop, ':') == 1) {
    hop = hop.substr(0, hop.find(':'));
  }
  return address_in(hop);
}

bool same_prefix(const ip::address_v6& a, const ip::address_v6& b, unsigned bits) {
  const auto left = a.to_bytes();
  const auto right = b.to_bytes();
  const std::size_t whole = bits / 8;
  if (!std::equal(left.begin(), left.begin() + static_cast<long>(whole), right.begin())) {
    return false;
  }
  return bits % 8 == 0 || (left[whole] ^ right[whole]) >> (8 - bits % 8) == 0;
}

}  // namespace

Result<TrustedProxies> TrustedProxies::parse(const std::vector<std::string>& entries) {
  TrustedProxies out;
  for (const std::string_view entry : entries) {
    const std::size_t slash = entry.find('/');
    const auto address = address_in(entry.substr(0, slash));
    const unsigned width = address && address->is_v4() ? 32 : 128;
    unsigned bits = width;
    if (slash != std::string_view::npos) {
      const char* const end = entry.data() + entry.size();
      const auto parsed = std::from_chars(entry.data() + slash + 1, end, bits);
      if (parsed.ec != std::errc() || parsed.ptr != end) bits = width + 1;
    }
    if (!address || bits > width) {
      return fail(ErrorCode::bad_request, "no address or network: " + std::string(entry));
    }
    out.networks_.push_back({as_v6(*address), bits + 128 - width});
  }
  return out;
}

bool TrustedProxies::trusts(const ip::address& address) const {
  const ip::address_v6 wide = as_v6(address);
  return std::ranges::any_of(networks_, [&](const Network& network) {
    return same_prefix(network.address, wide, network.prefix_bits);
  });
}

std::string TrustedProxies::client_address(const ip::address& peer,
                                           std::string_view forwarded_for) const {
  ip::address client = peer;
  while (trusts(client) && !forwarded_for.empty()) {
    const std::size_t comma = forwarded_for.rfind(',');
    const auto hop = address_of_hop(
        comma == std::string_view::npos ? forwarded_for : forwarded_for.substr(comma + 1));
    if (!hop) break;
    client = *hop;
    forwarded_for = forwarded_for.substr(0, comma == std::string_view::npos ? 0 : comma);
  }
  return unmapped(client).to_string();
}

}  // namespace studiosync::server
