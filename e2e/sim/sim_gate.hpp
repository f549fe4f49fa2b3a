// Accounts, sessions and tokens of the simulation: what the real ones decide, in virtual time, and
// without password hashing or a database.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>

#include "server/auth/gate.hpp"

namespace studiosync::e2e {

class SimGate final : public server::Gate {
 public:
  explicit SimGate(std::function<WallTime()> now) : now_(std::move(now)) {}

  server::UserRef add_user(const std::string& account);
  server::UserRef user_of(const std::string& account) const { return users_.at(account); }

  // A login of a device: a new session and its token.
  std::string log_in(const std::string& account, const DeviceId& device);
  // A fresh token for the session of this one; the error that a refresh answers.
  Result<std::string> refresh(const std::string& token);
  void expire(const std::string& token);
  // Its sessions get no fresh token any more; a new login does.
  void end_sessions(const std::string& account, const DeviceId& device);
  // Ends the sessions of the device, for good.
  void revoke(const std::string& account, const DeviceId& device);

  Result<server::Caller> authenticate(std::string_view access_token) const override;
  Result<> device_seen(const server::Caller& caller, const DeviceId& device,
                       std::string_view name) override;
  std::string device_name(const server::Caller& caller, const DeviceId& device) const override;

 private:
  struct Session {
    std::string account;
    DeviceId device;
    bool ended = false;
    bool revoked = false;
  };
  struct Token {
    std::string session;
    WallTime expires;
  };
  std::string issue(const std::string& session);

  const std::function<WallTime()> now_;
  std::map<std::string, server::UserRef> users_;
  std::map<std::string, Session> sessions_;
  std::map<std::string, Token, std::less<>> tokens_;
  std::set<std::pair<std::string, DeviceId>> revoked_;
  std::map<std::pair<std::string, DeviceId>, std::string> device_names_;
  std::uint64_t last_number_ = 0;
};

}  // namespace studiosync::e2e
