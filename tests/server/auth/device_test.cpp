#include "core/base/limits.hpp"
#include "server/auth/auth_limits.hpp"
#include "tests/server/auth/auth_fixture.hpp"

namespace studiosync::server {
namespace {

class Devices : public AuthTest {
 protected:
  Result<> see(const Caller& who, const std::string& device, const std::string& name = "") {
    return service_->device_seen(who, {device}, name);
  }
  std::vector<Device> list(const Caller& who) { return service_->devices(who).value(); }

  Grant grant_ = sign_up("ada").value();
  Caller ada_ = caller(grant_);
};

TEST_F(Devices, AreRegisteredAtTheirFirstUse) {
  ASSERT_TRUE(see(ada_, "laptop", "Ada's laptop"));
  const auto devices = list(ada_);
  ASSERT_EQ(devices.size(), 1U);
  EXPECT_EQ(devices[0].id.value, "laptop");
  EXPECT_EQ(devices[0].name, "Ada's laptop");
  EXPECT_EQ(devices[0].created, now());
  EXPECT_EQ(devices[0].last_seen, now());
  EXPECT_FALSE(devices[0].revoked);
}

TEST_F(Devices, AreRegisteredOnceHoweverOftenTheyAreSeen) {
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(see(ada_, "laptop"));
  ASSERT_TRUE(see(ada_, "tablet"));
  ASSERT_TRUE(see(caller(*log_in("ada")), "laptop"));
  EXPECT_EQ(list(ada_).size(), 2U);
}

TEST_F(Devices, TakeTheirFirstNameAlsoLater) {
  ASSERT_TRUE(see(ada_, "laptop"));
  EXPECT_EQ(service_->device_name(ada_, {"laptop"}), "laptop");
  ASSERT_TRUE(see(ada_, "laptop", "First"));
  ASSERT_TRUE(see(ada_, "laptop", "Second"));
  EXPECT_EQ(service_->device_name(ada_, {"laptop"}), "First");
  EXPECT_EQ(list(ada_)[0].name, "First");
}

TEST_F(Devices, KeepTheNameThatTheUserGave) {
  ASSERT_TRUE(see(ada_, "laptop", "host-17"));
  EXPECT_EQ(service_->rename_device(ada_, {"laptop"}, "Work").value().name, "Work");
  EXPECT_EQ(service_->device_name(ada_, {"laptop"}), "Work");
  ASSERT_TRUE(see(caller(*log_in("ada")), "laptop", "host-17"));
  EXPECT_EQ(list(ada_)[0].name, "Work");
  restart();
  EXPECT_EQ(service_->device_name(ada_, {"laptop"}), "Work");
}

TEST_F(Devices, AreNamedByTheirIdWhenUnknown) {
  EXPECT_EQ(service_->device_name(ada_, {"unknown"}), "unknown");
}

TEST_F(Devices, RefuseIdsAndNamesThatBreakTheRules) {
  for (const std::string& id : {std::string(), std::string("a b"), std::string("a/b"),
                                std::string(limits::id_bytes_max + 1, 'd')}) {
    const auto refused = see(ada_, id);
    ASSERT_FALSE(refused) << id;
    EXPECT_EQ(refused.error().path, "$.device_id");
  }
  for (const std::string& name :
       {std::string("a\nb"), std::string("\xff"), std::string(limits::name_bytes_max + 1, 'n')}) {
    EXPECT_EQ(see(ada_, "laptop", name).error().path, "$.device_name");
  }
  ASSERT_TRUE(see(ada_, "laptop", "fine"));
  for (const char* name : {"", "   ", "a\tb"}) {
    EXPECT_EQ(service_->rename_device(ada_, {"laptop"}, name).error().path, "$.name");
  }
}

TEST_F(Devices, AreNotFoundWhenTheyAreNot) {
  EXPECT_EQ(code(service_->rename_device(ada_, {"none"}, "name")), ErrorCode::not_found);
  EXPECT_EQ(code(service_->revoke_device(ada_, {"none"})), ErrorCode::not_found);
}

TEST_F(Devices, OfTwoUsersWithTheSameIdAreIndependent) {
  const Caller bob = caller(*sign_up("bob"));
  ASSERT_TRUE(see(ada_, "laptop", "Ada's"));
  EXPECT_TRUE(list(bob).empty());
  EXPECT_EQ(code(service_->rename_device(bob, {"laptop"}, "Mine")), ErrorCode::not_found);
  EXPECT_EQ(code(service_->revoke_device(bob, {"laptop"})), ErrorCode::not_found);
  ASSERT_TRUE(see(bob, "laptop", "Bob's"));
  ASSERT_TRUE(service_->revoke_device(bob, {"laptop"}));
  EXPECT_TRUE(see(ada_, "laptop"));
  EXPECT_EQ(service_->device_name(ada_, {"laptop"}), "Ada's");
}

TEST_F(Devices, AreToldOfTheirRevocationBeforeTheirSessionEnds) {
  const Grant tablet = log_in("ada").value();
  ASSERT_TRUE(see(caller(tablet), "tablet"));
  std::vector<std::string> told;
  service_->listen(
      {.session_ended = [&](UserRef, const std::string&) { told.emplace_back("ended"); },
       .device_revoked = [&](UserRef, const DeviceId&) { told.emplace_back("revoked"); }});
  ASSERT_TRUE(service_->revoke_device(ada_, {"tablet"}));
  EXPECT_EQ(told, (std::vector<std::string>{"revoked", "ended"}));
}

TEST_F(Devices, AreRefusedOnceRevoked) {
  ASSERT_TRUE(see(ada_, "laptop"));
  ASSERT_TRUE(service_->revoke_device(ada_, {"laptop"}));
  EXPECT_EQ(code(see(ada_, "laptop")), ErrorCode::device_revoked);
  EXPECT_EQ(revoked_, std::vector<std::string>{"laptop"});
  EXPECT_TRUE(list(ada_)[0].revoked);
  EXPECT_EQ(code(see(caller(*log_in("ada")), "laptop")), ErrorCode::device_revoked);
  restart();
  EXPECT_EQ(code(see(ada_, "laptop")), ErrorCode::device_revoked);
}

TEST_F(Devices, LoseTheirSessionsWhenAnotherRevokesThem) {
  const Grant stolen = log_in("ada").value();
  const Caller thief = caller(stolen);
  ASSERT_TRUE(see(thief, "laptop"));
  ASSERT_TRUE(see(ada_, "tablet"));
  ASSERT_TRUE(service_->revoke_device(ada_, {"laptop"}));
  EXPECT_EQ(ended_, std::vector{thief.session_id});
  EXPECT_EQ(code(service_->authenticate(stolen.access_token)), ErrorCode::device_revoked);
  EXPECT_EQ(code(refresh(stolen.refresh_token)), ErrorCode::device_revoked);
  // Nor does another id help a connection that is still open.
  EXPECT_EQ(code(see(thief, "another")), ErrorCode::device_revoked);
  EXPECT_TRUE(see(ada_, "tablet"));
  restart();
  EXPECT_EQ(code(service_->authenticate(stolen.access_token)), ErrorCode::device_revoked);
  EXPECT_TRUE(accepted(grant_));
}

TEST_F(Devices, KeepTheSessionThatRevokesItsOwnDevice) {
  ASSERT_TRUE(see(ada_, "old"));
  ASSERT_TRUE(service_->revoke_device(ada_, {"old"}));
  EXPECT_TRUE(accepted(grant_));
  EXPECT_TRUE(see(ada_, "new"));
}

TEST_F(Devices, AreRefusedInASessionThatHasEnded) {
  ASSERT_TRUE(log_out(ada_));
  EXPECT_EQ(code(see(ada_, "laptop")), ErrorCode::unauthorized);
}

TEST_F(Devices, AreWrittenDownAsSeenFromTimeToTime) {
  ASSERT_TRUE(see(ada_, "laptop"));
  const WallTime first = now();
  pass(auth_limits::device_seen_interval - kSecond);
  ASSERT_TRUE(see(ada_, "laptop"));
  EXPECT_EQ(list(ada_)[0].last_seen, first);
  pass(kSecond);
  ASSERT_TRUE(see(ada_, "laptop"));
  // Written in the background: whatever is asked of the same thread afterwards comes after it.
  (void)refresh("behind it");
  EXPECT_EQ(list(ada_)[0].last_seen, now());
}

}  // namespace
}  // namespace studiosync::server
