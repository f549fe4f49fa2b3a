// devices: the account's devices, seen and managed from one of them.
#include "tests/client/cli/cli_fixture.hpp"

namespace studiosync::client {
namespace {

class DeviceVerbsTest : public SyncctlTest {
 protected:
  DeviceVerbsTest() {
    start_server();
    laptop_.emplace(device("laptop"));
    phone_.emplace(device("phone"));
    for (const CliDevice& one : {*laptop_, *phone_}) EXPECT_EQ(one.run({"sync"}).code, 0);
  }
  // The device's line in the laptop's list.
  Json listed(const std::string& name) {
    for (Json& line : laptop_->json({"devices", "list"}).objects()) {
      if (text(line, "name") == name) return std::move(line);
    }
    return Json::object();
  }

  std::optional<CliDevice> laptop_;
  std::optional<CliDevice> phone_;
};

TEST_F(DeviceVerbsTest, ListsAllDevicesAndMarksThisOne) {
  EXPECT_EQ(laptop_->json({"devices", "list"}).objects().size(), 2U);
  EXPECT_EQ(text(listed("laptop"), "this"), "true");
  EXPECT_EQ(text(listed("phone"), "this"), "false");
  EXPECT_NE(laptop_->run({"devices", "list"}).out.find("this device"), std::string::npos);
}

TEST_F(DeviceVerbsTest, RenamesADeviceByNameOrId) {
  EXPECT_EQ(laptop_->run({"devices", "rename", "phone", "old phone"}).code, 0);
  const std::string id = text(listed("old phone"), "id");
  EXPECT_EQ(laptop_->run({"devices", "rename", id, "older phone"}).code, 0);
  EXPECT_EQ(text(listed("older phone"), "id"), id);
}

// It goes to every device, and into the names of copies.
TEST_F(DeviceVerbsTest, GivesNoDeviceACredentialForAName) {
  const std::string secret = "AKIA7QXN4ZJ2WVB3KDTP";
  const Ran ran = laptop_->json({"devices", "rename", "phone", "phone " + secret});
  EXPECT_EQ(ran.code, 0) << ran.errors;
  EXPECT_EQ(ran.out.find(secret), std::string::npos);
  EXPECT_EQ(text(listed("phone [REDACTED]"), "this"), "false");
}

// Conflicted copies are named after what a device calls itself.
TEST_F(DeviceVerbsTest, RenamesThisDeviceHereToo) {
  EXPECT_EQ(laptop_->run({"devices", "rename", "laptop", "desk"}).code, 0);
  EXPECT_EQ(text(laptop_->json({"status"}).json(), "device_name"), "desk");
  EXPECT_EQ(laptop_->run({"sync"}).code, 0);
  EXPECT_EQ(text(listed("desk"), "this"), "true");
}

TEST_F(DeviceVerbsTest, EndsTheSessionsOfADeviceThatIsRevoked) {
  EXPECT_EQ(laptop_->run({"devices", "revoke", "phone"}).code, 0);
  EXPECT_EQ(text(listed("phone"), "revoked"), "true");
  EXPECT_EQ(phone_->run({"sync"}).code, 4);
  EXPECT_EQ(laptop_->run({"sync"}).code, 0);
}

TEST_F(DeviceVerbsTest, SaysThatThereIsNoSuchDevice) {
  EXPECT_EQ(laptop_->run({"devices", "revoke", "tablet"}).code, 8);
  EXPECT_EQ(laptop_->run({"devices", "rename", "tablet", "x"}).code, 8);
}

TEST_F(DeviceVerbsTest, RefusesANameThatSeveralDevicesHave) {
  EXPECT_EQ(laptop_->run({"devices", "rename", "phone", "laptop"}).code, 0);
  EXPECT_EQ(laptop_->run({"devices", "revoke", "laptop"}).code, 1);
}

}  // namespace
}  // namespace studiosync::client
