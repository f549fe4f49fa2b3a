// Starts, continues and ends sessions: the only writer of the session table.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <string_view>

#include "server/auth/account_store.hpp"
#include "server/auth/refresh_token.hpp"
#include "server/auth/session_table.hpp"
#include "server/auth/token.hpp"

namespace studiosync::server {

struct SessionLifetimes {
  Millis access;
  Millis refresh;
};

// Any thread. Each change is stored first, then visible in memory, then announced.
class SessionKeeper {
 public:
  using Ended = std::function<void(UserRef, const std::string& session_id)>;

  SessionKeeper(AccountStore& accounts, TokenSigner signer, RefreshTokenMaker refresh_tokens,
                SessionLifetimes lifetimes);
  // Before the first change.
  void announce_to(Ended ended) { ended_ = std::move(ended); }

  Result<> restore();

  // `unauthorized` when the account's password has changed since it was read.
  Result<Grant> start(const Account& account, WallTime now);
  // `unauthorized`; `device_revoked` when the session ended with its device.
  Result<Grant> refresh(std::string_view refresh_token, WallTime now);
  Result<> end(UserRef user, const std::string& session_id, EndReason reason, WallTime now);
  // Ends the account's other sessions. `unauthorized` when another change came first.
  Result<> change_password(const Caller& caller, std::string_view verified_hash,
                           std::string_view new_hash, WallTime now);

  // Forgets what expired, so that neither memory nor the database grows with it. authenticate()
  // looks at the time anyway.
  Result<> forget_expired(WallTime now);

  Result<Caller> authenticate(std::string_view access_token, WallTime now) const;

  SessionTable& table() noexcept { return table_; }

 private:
  // What a presented refresh token is to its family.
  enum class Place : std::uint8_t { current, previous, replaced, foreign };

  Place place(const RefreshToken& token, const SessionFamily& family) const;
  Result<RefreshToken> advance(SessionFamily family, WallTime now);
  Grant grant(const Account& account, const RefreshToken& refresh_token, WallTime now) const;
  void announce(UserRef user, const std::string& session_id) const;

  AccountStore& accounts_;
  const TokenSigner signer_;
  const RefreshTokenMaker refresh_tokens_;
  const SessionLifetimes lifetimes_;
  Ended ended_;
  SessionTable table_;
  // Held from a family's reading to its writing, and from the store's change to the table's: two
  // refreshes must not both advance it, a password change must not miss a login that is under way.
  std::mutex changes_;
};

}  // namespace studiosync::server
