// What the accounts say about a device at the moment of its hello.
#include "tests/server/channel/channel_fixture.hpp"

namespace studiosync::server {
namespace {

// The real accounts, with something that happens right after the device was looked up, or fails.
class TurningGate final : public Gate {
 public:
  explicit TurningGate(Gate& gate) : gate_(gate) {}

  Result<Caller> authenticate(std::string_view access_token) const override {
    return gate_.authenticate(access_token);
  }
  Result<> device_seen(const Caller& caller, const DeviceId& device,
                       std::string_view name) override {
    SS_TRY(sight);
    auto seen = gate_.device_seen(caller, device, name);
    if (after_sight) std::exchange(after_sight, nullptr)();
    return seen;
  }
  std::string device_name(const Caller& caller, const DeviceId& device) const override {
    return gate_.device_name(caller, device);
  }

  Result<> sight;
  std::function<void()> after_sight;  // once

 private:
  Gate& gate_;
};

class GateTest : public ChannelTest {
 protected:
  GateTest() {
    context_ = std::unique_ptr<ChannelContext>(
        new ChannelContext{sync_, gate_, hub_, changes_,
                           [this](const std::function<void(Result<>)>& task) { task(admitted_); }});
  }

  std::unique_ptr<TestDevice> greeted() {
    auto made = connect("laptop");
    made->greet(token_);
    return made;
  }

  TurningGate gate_{*auth_};
  const std::string token_ = sign_up("ann");
};

TEST_F(GateTest, EndsADeviceThatIsRevokedWhileItIsLetIn) {
  gate_.after_sight = [&] {
    ASSERT_TRUE(auth_->revoke_device(caller(token_), DeviceId{"device-laptop"}));
  };
  const auto laptop = greeted();
  EXPECT_EQ(laptop->peer->last_error(), "device_revoked");
  EXPECT_EQ(laptop->peer->close_code, 4403);
}

// The session stays: it is bound to the device that it was used with first.
TEST_F(GateTest, EndsARevokedDeviceInASessionOfAnother) {
  device("phone", token_).reset();
  gate_.after_sight = [&] {
    ASSERT_TRUE(auth_->revoke_device(caller(token_), DeviceId{"device-laptop"}));
  };
  const auto laptop = greeted();
  EXPECT_TRUE(laptop->peer->all<Welcome>().empty());
  EXPECT_EQ(laptop->peer->last_error(), "device_revoked");
  EXPECT_EQ(laptop->peer->close_code, 4403);
  const auto phone = device("phone", token_);
  EXPECT_EQ(phone->peer->close_code, 0);
}

TEST_F(GateTest, TellsADeviceToComeBackWhenTheAccountsAreBusy) {
  gate_.sight = fail(ErrorCode::store_locked, "database is locked: accounts.db");
  const auto laptop = greeted();
  EXPECT_EQ(laptop->peer->last_error(), "service_unavailable");
  EXPECT_EQ(laptop->peer->close_code, 1013);
  EXPECT_EQ(laptop->peer->close_reason, "service_unavailable");
}

TEST_F(GateTest, TellsADeviceOneTooManyNotToRepeatItsHello) {
  gate_.sight = fail(ErrorCode::quota_exceeded, "the account has too many devices");
  const auto laptop = greeted();
  EXPECT_EQ(laptop->peer->last_error(), "quota_exceeded");
  EXPECT_EQ(laptop->peer->close_code, 4400);
}

TEST_F(GateTest, DoesNotLogADeviceOutForItsName) {
  const auto laptop = connect("laptop");
  Hello hello = laptop->hello(token_);
  hello.device_name = "two\nlines";
  laptop->send(hello);
  EXPECT_EQ(laptop->peer->last_error(), "validation_error");
  EXPECT_EQ(laptop->peer->close_code, 4400);
}

}  // namespace
}  // namespace studiosync::server
