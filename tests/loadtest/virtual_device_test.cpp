#include "loadtest/fleet/virtual_device.hpp"

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>

namespace studiosync::load {
namespace {

constexpr std::chrono::seconds measured{10};

// Two devices of a user on a server that never answers; nothing of the network is ever run.
class WithoutAnAnswer : public testing::Test {
 protected:
  WithoutAnAnswer() { world_.recorder.start(Clock::now(), measured, measured); }

  Interval found() { return world_.recorder.finish().intervals.front(); }

  boost::asio::io_context io_;
  World world_{.io = io_,
               .recorder = {},
               .alarms = Alarms(io_),
               .url = "ws://127.0.0.1:1/ws",
               .ca_file = {},
               .random = Random(1)};
  User user_{{.user_id = "ann", .token = "ann"}, {}};
  VirtualDevice first_{world_, user_, {.id = "first"}};
  VirtualDevice second_{world_, user_, {.id = "second", .place = 1}};
};

TEST_F(WithoutAnAnswer, ADeviceThatWasNeverWelcomedIsATimeOutThatTookUntilNow) {
  first_.start(Clock::now());
  first_.give_up();
  second_.give_up();  // was never to come online
  const Interval interval = found();
  EXPECT_EQ(interval.timings[static_cast<std::size_t>(Timing::connect)].count(), 1U);
  EXPECT_EQ(interval.counts.errors, (std::map<ErrorCode, std::uint64_t>{{ErrorCode::timeout, 1}}));
}

TEST_F(WithoutAnAnswer, ADeviceThatWentOfflineByItselfIsNone) {
  first_.start(Clock::now());
  first_.stop();
  first_.give_up();
  EXPECT_EQ(found().counts.all_errors(), 0U);
}

}  // namespace
}  // namespace studiosync::load
