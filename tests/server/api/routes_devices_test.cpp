#include "tests/server/api/api_fixture.hpp"

namespace studiosync::server {
namespace {

class DeviceRoutes : public ApiTest {
 protected:
  DeviceRoutes() { sign_up("ada"); }
};

TEST_F(DeviceRoutes, ListNothingBeforeTheFirstUse) {
  EXPECT_EQ(get("/api/devices").body, json_of(R"({"count":0,"devices":[]})"));
}

TEST_F(DeviceRoutes, TheFirstUseRegistersADevice) {
  EXPECT_EQ(get("/api/sync/download?device_id=tablet").status, 200);
  const Answer answer = get("/api/devices");
  EXPECT_EQ(at(answer.body, "count"), Json(1));
  EXPECT_EQ(at(answer.body, "devices.0.id"), Json("tablet"));
  EXPECT_EQ(at(answer.body, "devices.0.created_at"), Json(to_rfc3339(now_)));
  EXPECT_EQ(at(answer.body, "devices.0.last_seen_at"), Json(to_rfc3339(now_)));
  EXPECT_EQ(at(answer.body, "devices.0.revoked"), Json(false));
}

TEST_F(DeviceRoutes, RenameADevice) {
  get("/api/sync/download?device_id=tablet");
  const Answer renamed = send(request("PATCH", "/api/devices/tablet", R"({"name":"Kitchen"})"));
  EXPECT_EQ(renamed.status, 200);
  EXPECT_EQ(at(renamed.body, "name"), Json("Kitchen"));
  EXPECT_EQ(at(get("/api/devices").body, "devices.0.name"), Json("Kitchen"));
}

TEST_F(DeviceRoutes, RefuseAnEmptyNameAndAnUnknownDevice) {
  get("/api/sync/download?device_id=tablet");
  EXPECT_EQ(at(send(request("PATCH", "/api/devices/tablet", R"({"name":""})")).body, "path"),
            Json("$.name"));
  EXPECT_EQ(at(send(request("PATCH", "/api/devices/tablet", "{}")).body, "path"), Json("$.name"));
  EXPECT_EQ(send(request("PATCH", "/api/devices/phone", R"({"name":"x"})")).status, 404);
  EXPECT_EQ(send(request("DELETE", "/api/devices/phone")).status, 404);
}

TEST_F(DeviceRoutes, ARevokedDeviceMayNotSync) {
  get("/api/sync/download?device_id=tablet");
  EXPECT_EQ(send(request("DELETE", "/api/devices/tablet")).status, 200);
  const Answer refused = get("/api/sync/download?device_id=tablet");
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(at(refused.body, "code"), Json("device_revoked"));
  EXPECT_EQ(
      upload("tablet", R"([{"item_type":"preference","item_id":"a","action":"delete"}])").status,
      403);
  EXPECT_EQ(get("/api/sync/download?device_id=laptop").status, 200);
}

TEST_F(DeviceRoutes, AnotherUsersDeviceIsUnknown) {
  get("/api/sync/download?device_id=tablet");
  sign_up("bob");
  EXPECT_EQ(at(get("/api/devices").body, "count"), Json(0));
  EXPECT_EQ(send(request("DELETE", "/api/devices/tablet")).status, 404);
}

TEST_F(DeviceRoutes, RedactACredentialInAName) {
  get("/api/sync/download?device_id=tablet");
  const Answer renamed =
      send(request("PATCH", "/api/devices/tablet", R"({"name":"CI AKIA7QXN4ZJ2WVB3KDTP runner"})"));
  EXPECT_EQ(at(renamed.body, "name"), Json("CI [REDACTED] runner"));
  EXPECT_EQ(at(get("/api/devices").body, "devices.0.name"), Json("CI [REDACTED] runner"));
}

TEST_F(DeviceRoutes, RefuseADeviceThatIsNamedByACredential) {
  const Answer refused = get("/api/sync/download?device_id=AKIA7QXN4ZJ2WVB3KDTP");
  EXPECT_EQ(at(refused.body, "code"), Json("credential_leaked"));
  EXPECT_EQ(at(refused.body, "path"), Json("device_id"));
  EXPECT_EQ(at(get("/api/devices").body, "count"), Json(0));
}

}  // namespace
}  // namespace studiosync::server
