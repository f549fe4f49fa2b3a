#include "e2e/sim/sim_gate.hpp"

namespace studiosync::e2e {
namespace {

constexpr Millis access_lifetime{24LL * 3600 * 1000};

Unexpected device_revoked() {
  return fail(ErrorCode::device_revoked, "this device was removed from the account");
}

}  // namespace

server::UserRef SimGate::add_user(const std::string& account) {
  const server::UserRef next{0, UserId{users_.size() + 1}};
  return users_.try_emplace(account, next).first->second;
}

std::string SimGate::issue(const std::string& session) {
  std::string token = "token-" + std::to_string(++last_number_);
  tokens_[token] = {session, now_() + access_lifetime};
  return token;
}

std::string SimGate::log_in(const std::string& account, const DeviceId& device) {
  const std::string session = "session-" + std::to_string(++last_number_);
  sessions_[session] = {account, device};
  return issue(session);
}

Result<std::string> SimGate::refresh(const std::string& token) {
  const std::string& session = tokens_.at(token).session;
  if (sessions_.at(session).revoked) return device_revoked();
  if (sessions_.at(session).ended) return fail(ErrorCode::unauthorized, "the login has ended");
  return issue(session);
}

void SimGate::expire(const std::string& token) {
  tokens_.at(token).expires = now_() - Millis{1};
}

void SimGate::end_sessions(const std::string& account, const DeviceId& device) {
  for (auto& [id, session] : sessions_) {
    if (session.account == account && session.device == device) session.ended = true;
  }
}

void SimGate::revoke(const std::string& account, const DeviceId& device) {
  revoked_.insert({account, device});
  for (auto& [id, session] : sessions_) {
    if (session.account == account && session.device == device) session.revoked = true;
  }
}

Result<server::Caller> SimGate::authenticate(std::string_view access_token) const {
  const auto token = tokens_.find(access_token);
  if (token == tokens_.end()) return fail(ErrorCode::unauthorized, "not a token of ours");
  const Session& session = sessions_.at(token->second.session);
  if (session.revoked) return device_revoked();
  if (token->second.expires < now_()) {
    return fail(ErrorCode::token_expired, "the token has expired");
  }
  return server::Caller{users_.at(session.account), session.account, token->second.session,
                        token->second.expires};
}

Result<> SimGate::device_seen(const server::Caller& caller, const DeviceId& device,
                              std::string_view name) {
  if (revoked_.contains({caller.account_id, device})) return device_revoked();
  device_names_[{caller.account_id, device}] = name;
  return {};
}

std::string SimGate::device_name(const server::Caller& caller, const DeviceId& device) const {
  const auto named = device_names_.find({caller.account_id, device});
  return named == device_names_.end() ? device.value : named->second;
}

}  // namespace studiosync::e2e
