// An account with any number of saved queries of 300 bytes, each of which can be edited although
// none is remembered: ids follow from the record's number.
#pragma once

#include <map>
#include <string>

#include "bench/stack/server_process.hpp"
#include "bench/stack/wire_device.hpp"
#include "core/base/random.hpp"

namespace studiosync::bench {

// On its `io`'s thread.
class GrowingAccount {
 public:
  // Registers it; `number` tells it from others of that server.
  GrowingAccount(boost::asio::io_context& io, ServerProcess& server, std::uint64_t number);

  // In one push, under way when this returns.
  void send_records(std::size_t count);
  // A text of any one record changes; the account must have some.
  void send_edit(Random& random);

  WireDevice& device() noexcept { return device_; }

 private:
  void send(const Push& push);
  PushChange change_of(std::uint64_t record, WallTime now);
  std::string id_of(std::uint64_t record) const;

  const std::uint64_t number_;
  WireDevice device_;
  Random random_;
  DeviceSeq last_;
  std::uint64_t records_ = 0;
  std::map<std::uint64_t, std::uint64_t> edits_;  // of a record, by its number
};

}  // namespace studiosync::bench
