// Whose word about a client's address counts.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace studiosync::server {

class TrustedProxies {
 public:
  // Addresses or networks (`10.0.0.0/8`); `bad_request` for anything else.
  static Result<TrustedProxies> parse(const std::vector<std::string>& entries);

  // The last hop of X-Forwarded-For that is no trusted proxy; the peer's own address when the peer
  // is none. What stands left of that hop could have been written by anybody.
  std::string client_address(const boost::asio::ip::address& peer,
                             std::string_view forwarded_for) const;

 private:
  struct Network {
    boost::asio::ip::address_v6 address;  // IPv4 mapped into IPv6, so that one comparison does
    unsigned prefix_bits = 0;
  };
  bool trusts(const boost::asio::ip::address& address) const;

  std::vector<Network> networks_;
};

}  // namespace studiosync::server
