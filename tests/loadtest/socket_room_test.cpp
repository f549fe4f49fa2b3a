#include <gtest/gtest.h>

#include "loadtest/linked/socket_crowd.hpp"

namespace studiosync::load {
namespace {

TEST(SocketRoom, GivesASocketToAllWhereTheLimitAllowsIt) {
  const SocketRoom room = room_for_sockets(50'000, 65'536);
  EXPECT_EQ(room.devices, 50'000U);
  EXPECT_EQ(room.remark, "");
}

TEST(SocketRoom, NamesTheLimitThatStoppedMore) {
  const SocketRoom room = room_for_sockets(50'000, 20'001);
  EXPECT_EQ(room.devices, 19'000U);  // two of each user
  EXPECT_EQ(room.remark,
            "19000 of 50000 sockets: the server's process may have 20001 open files (`ulimit -n`), "
            "and keeps 1000 for everything else");
}

TEST(SocketRoom, KeepsWhatAProcessNeedsForItself) {
  EXPECT_EQ(room_for_sockets(10, 1'000).devices, 0U);
  EXPECT_EQ(room_for_sockets(3, 20'000).devices, 2U);
}

}  // namespace
}  // namespace studiosync::load
