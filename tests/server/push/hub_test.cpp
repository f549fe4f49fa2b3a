#include "server/push/hub.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <thread>

namespace studiosync::server {
namespace {

constexpr UserRef kAnn{0, UserId{1}};
constexpr UserRef kBob{1, UserId{1}};  // the same number in another shard

class Device final : public Subscriber {
 public:
  Device(std::string session, std::string device)
      : session_(std::move(session)), device_{std::move(device)} {}

  void offer(const std::shared_ptr<const Broadcast>& broadcast) override {
    offered.push_back(broadcast);
    if (when_offered) when_offered();
  }
  void end(const Message& farewell, std::uint16_t close_code) override {
    farewells.push_back(farewell);
    close = close_code;
  }
  bool in_session(const std::string& session_id) const override { return session_ == session_id; }
  const DeviceId& device() const override { return device_; }

  std::vector<std::shared_ptr<const Broadcast>> offered;
  std::function<void()> when_offered;
  std::vector<Message> farewells;
  std::uint16_t close = 0;

 private:
  const std::string session_;
  const DeviceId device_;
};

class HubTest : public testing::Test {
 protected:
  std::shared_ptr<Device> subscribe(UserRef user, const std::string& session = "s1",
                                    const std::string& device = "laptop") {
    auto made = std::make_shared<Device>(session, device);
    hub_.subscribe(user, made);
    return made;
  }

  const std::shared_ptr<const Broadcast> news_ = std::make_shared<const Broadcast>(Changes{});
  Hub hub_;
};

TEST_F(HubTest, PublishesToAllDevicesOfTheUserAndToNobodyElse) {
  const auto laptop = subscribe(kAnn);
  const auto phone = subscribe(kAnn, "s2", "phone");
  const auto stranger = subscribe(kBob);
  hub_.publish(kAnn, news_, nullptr);
  ASSERT_EQ(laptop->offered.size(), 1U);
  EXPECT_EQ(laptop->offered[0], news_);
  EXPECT_EQ(phone->offered.size(), 1U);
  EXPECT_TRUE(stranger->offered.empty());
}

TEST_F(HubTest, ReachesNobodyWhereTheOneToSkipIsAlone) {
  EXPECT_FALSE(hub_.reaches(kAnn, nullptr));
  const auto laptop = subscribe(kAnn);
  subscribe(kBob);
  EXPECT_TRUE(hub_.reaches(kAnn, nullptr));
  EXPECT_FALSE(hub_.reaches(kAnn, laptop.get()));
  const auto phone = subscribe(kAnn);
  EXPECT_TRUE(hub_.reaches(kAnn, laptop.get()));
}

// By connection, not by device: a clone with the same device id must not starve.
TEST_F(HubTest, SkipsTheOneConnectionThatHasItsOwnAnswer) {
  const auto laptop = subscribe(kAnn);
  const auto clone = subscribe(kAnn);
  hub_.publish(kAnn, news_, laptop.get());
  EXPECT_TRUE(laptop->offered.empty());
  EXPECT_EQ(clone->offered.size(), 1U);
}

TEST_F(HubTest, ForgetsAConnectionThatLeft) {
  const auto laptop = subscribe(kAnn);
  const auto phone = subscribe(kAnn, "s2", "phone");
  EXPECT_EQ(hub_.size(), 2U);
  hub_.unsubscribe(kAnn, laptop.get());
  hub_.publish(kAnn, news_, nullptr);
  EXPECT_TRUE(laptop->offered.empty());
  EXPECT_EQ(phone->offered.size(), 1U);
  EXPECT_EQ(hub_.size(), 1U);
}

TEST_F(HubTest, TakesALeaveTwiceAndFromSomebodyUnknown) {
  const auto laptop = subscribe(kAnn);
  hub_.unsubscribe(kBob, laptop.get());
  EXPECT_EQ(hub_.size(), 1U);
  hub_.unsubscribe(kAnn, laptop.get());
  hub_.unsubscribe(kAnn, laptop.get());
  EXPECT_EQ(hub_.size(), 0U);
}

TEST_F(HubTest, DoesNotKeepAConnectionThatLeft) {
  std::weak_ptr<Device> laptop = subscribe(kAnn);
  EXPECT_FALSE(laptop.expired());
  hub_.unsubscribe(kAnn, laptop.lock().get());
  EXPECT_TRUE(laptop.expired());
}

TEST_F(HubTest, EndsTheConnectionsOfOneSession) {
  const auto laptop = subscribe(kAnn, "s1");
  const auto phone = subscribe(kAnn, "s2");
  hub_.end_session(kAnn, "s1", 4401);
  EXPECT_EQ(laptop->close, 4401);
  ASSERT_EQ(laptop->farewells.size(), 1U);
  EXPECT_EQ(std::get<ErrorFrame>(laptop->farewells[0]).error.code, ErrorCode::unauthorized);
  EXPECT_EQ(phone->close, 0);
}

TEST_F(HubTest, EndsTheConnectionsOfOneDeviceOfOneUser) {
  const auto laptop = subscribe(kAnn, "s1", "laptop");
  const auto phone = subscribe(kAnn, "s1", "phone");
  const auto namesake = subscribe(kBob, "s1", "laptop");
  hub_.end_device(kAnn, DeviceId{"laptop"}, Revoked{"removed"}, 4403);
  EXPECT_EQ(laptop->close, 4403);
  EXPECT_EQ(std::get<Revoked>(laptop->farewells.at(0)).reason, "removed");
  EXPECT_EQ(phone->close, 0);
  EXPECT_EQ(namesake->close, 0);
}

TEST_F(HubTest, TellsEachConnectionItsOwnFarewell) {
  const auto laptop = subscribe(kAnn);
  const auto stranger = subscribe(kBob);
  std::int64_t delay = 0;
  hub_.end_all([&] { return Message(Drain{Millis{++delay}}); }, 1001);
  EXPECT_EQ(laptop->close, 1001);
  EXPECT_EQ(stranger->close, 1001);
  EXPECT_NE(std::get<Drain>(laptop->farewells.at(0)).delay,
            std::get<Drain>(stranger->farewells.at(0)).delay);
}

// A channel that closes while it is offered something takes itself off the list.
TEST_F(HubTest, AllowsASubscriberToLeaveWhileItIsOfferedRows) {
  const auto laptop = subscribe(kAnn);
  laptop->when_offered = [&] { hub_.unsubscribe(kAnn, laptop.get()); };
  hub_.publish(kAnn, news_, nullptr);
  EXPECT_EQ(hub_.size(), 0U);
}

TEST_F(HubTest, AllowsComingAndGoingOnOtherThreads) {
  const auto laptop = subscribe(kAnn);
  std::thread others([&] {
    for (int i = 0; i < 1000; ++i) hub_.unsubscribe(kAnn, subscribe(kAnn).get());
  });
  for (int i = 0; i < 1000; ++i) hub_.publish(kAnn, news_, nullptr);
  others.join();
  EXPECT_EQ(laptop->offered.size(), 1000U);
  EXPECT_EQ(hub_.size(), 1U);
}

}  // namespace
}  // namespace studiosync::server
