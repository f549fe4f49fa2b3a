#include "loadtest/fleet/loop_timer.hpp"

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <optional>

#include "loadtest/fleet/alarms.hpp"

namespace studiosync::load {
namespace {

constexpr Moment past{};

TEST(LoopTimer, RingsOnce) {
  boost::asio::io_context io;
  LoopTimer timer(io);
  int rung = 0;
  timer.set(past, [&] { ++rung; });
  io.run();
  EXPECT_EQ(rung, 1);
}

TEST(LoopTimer, MayBeSetAnewByWhatItRings) {
  boost::asio::io_context io;
  LoopTimer timer(io);
  int rung = 0;
  std::function<void()> again = [&] {
    if (++rung < 3) timer.set(past, again);
  };
  timer.set(past, again);
  io.run();
  EXPECT_EQ(rung, 3);
}

// The posted work comes before the handler, which the loop has queued as successful by then.
TEST(LoopTimer, ThatIsGoneDoesNotRingThoughItsTimeHadCome) {
  boost::asio::io_context io;
  std::optional<LoopTimer> timer(std::in_place, io);
  int rung = 0;
  timer->set(past, [&] { ++rung; });
  boost::asio::post(io, [&] { timer.reset(); });
  io.run();
  EXPECT_EQ(rung, 0);
}

TEST(LoopTimer, ThatIsSetAnewForgetsWhatItsTimeHadComeFor) {
  boost::asio::io_context io;
  LoopTimer timer(io);
  std::string rung;
  timer.set(past, [&] { rung += "a"; });
  boost::asio::post(io, [&] { timer.set(past, [&] { rung += "b"; }); });
  io.run();
  EXPECT_EQ(rung, "b");
}

TEST(Alarms, ThatAreGoneRingNobody) {
  boost::asio::io_context io;
  std::optional<Alarms> alarms(std::in_place, io);
  int rung = 0;
  alarms->set(alarms->add([&] { ++rung; }), WallTime{0});
  boost::asio::post(io, [&] { alarms.reset(); });
  io.run();
  EXPECT_EQ(rung, 0);
}

}  // namespace
}  // namespace studiosync::load
