// What the devices of one thread share.
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <string>

#include "core/base/random.hpp"
#include "e2e/history/history_sink.hpp"
#include "loadtest/fleet/alarms.hpp"
#include "loadtest/fleet/recorder.hpp"

namespace studiosync::load {

// Outlives them. On that thread.
struct World {
  boost::asio::io_context& io;
  Recorder recorder;
  Alarms alarms;
  std::string url;      // of the push channel
  std::string ca_file;  // empty: the system's
  Random random;
  e2e::HistorySink* history = nullptr;  // nothing: none is written
  std::uint64_t progress = 0;           // rises whenever a server's answer comes in
};

}  // namespace studiosync::load
