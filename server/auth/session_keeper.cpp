#include "server/auth/session_keeper.hpp"

#include <utility>

#include "os/entropy.hpp"
#include "server/auth/mac.hpp"

namespace studiosync::server {
namespace {

Unexpected login_required() {
  return fail(ErrorCode::unauthorized, "the session has ended, log in again");
}

Unexpected device_revoked() {
  return fail(ErrorCode::device_revoked, "this device was removed from the account");
}

bool equal(const Sha256& a, const Sha256& b) {
  return constant_time_equal(as_text(a), as_text(b));
}

// As the token says it: NumericDate has whole seconds.
WallTime whole_seconds(WallTime t) {
  return {t.unix_ms - t.unix_ms % 1000};
}

}  // namespace

SessionKeeper::SessionKeeper(AccountStore& accounts, TokenSigner signer,
                             RefreshTokenMaker refresh_tokens, SessionLifetimes lifetimes)
    : accounts_(accounts),
      signer_(std::move(signer)),
      refresh_tokens_(std::move(refresh_tokens)),
      lifetimes_(lifetimes) {}

// Also what has expired, which authenticate() sees: the clock may be ahead, and be set right later.
Result<> SessionKeeper::restore() {
  SS_ASSIGN(auto sessions, accounts_.live_sessions());
  for (auto& [id, session] : sessions) table_.put(id, std::move(session));
  return {};
}

void SessionKeeper::announce(UserRef user, const std::string& session_id) const {
  if (ended_) ended_(user, session_id);
}

Grant SessionKeeper::grant(const Account& account, const RefreshToken& refresh_token,
                           WallTime now) const {
  const AccessClaims claims{.account_id = account.profile.id,
                            .session_id = refresh_token.session_id,
                            .token_id = os::random_uuid(),
                            .issued = now,
                            .expires = whole_seconds(now + lifetimes_.access)};
  return {.profile = account.profile,
          .access_token = signer_.sign(claims),
          .refresh_token = refresh_token.text(),
          .expires = claims.expires};
}

Result<Grant> SessionKeeper::start(const Account& account, WallTime now) {
  const RefreshToken token = refresh_tokens_.make(os::random_uuid(), 1);
  const SessionFamily family{.id = token.session_id,
                             .account_id = account.profile.id,
                             .generation = token.generation,
                             .current_hash = token.hash(),
                             .created = now,
                             .expires = now + lifetimes_.refresh};
  const std::lock_guard lock(changes_);
  SS_ASSIGN(const bool added, accounts_.add_session(family, account.password_hash));
  if (!added) return login_required();
  table_.put(family.id,
             {.account_id = family.account_id, .user = account.user, .expires = family.expires});
  return grant(account, token, now);
}

Result<> SessionKeeper::forget_expired(WallTime now) {
  const std::lock_guard lock(changes_);
  SS_ASSIGN(const auto expired, accounts_.expire_sessions(now));
  for (const std::string& id : expired) table_.erase(id);
  return {};
}

SessionKeeper::Place SessionKeeper::place(const RefreshToken& token,
                                          const SessionFamily& family) const {
  const Sha256 hash = token.hash();
  if (equal(hash, family.current_hash)) return Place::current;
  if (family.previous_hash && equal(hash, *family.previous_hash)) return Place::previous;
  const bool older = token.generation < family.generation;
  return older && refresh_tokens_.ours(token) ? Place::replaced : Place::foreign;
}

Result<RefreshToken> SessionKeeper::advance(SessionFamily family, WallTime now) {
  RefreshToken successor = refresh_tokens_.make(family.id, family.generation + 1);
  family.generation = successor.generation;
  family.previous_hash = family.current_hash;
  family.current_hash = successor.hash();
  family.expires = now + lifetimes_.refresh;
  SS_ASSIGN(const bool advanced, accounts_.advance_session(family));
  if (!advanced) return login_required();
  table_.extend(family.id, family.expires);
  return successor;
}

Result<Grant> SessionKeeper::refresh(std::string_view refresh_token, WallTime now) {
  const auto token = parse_refresh_token(refresh_token);
  if (!token) return login_required();
  std::unique_lock lock(changes_);
  SS_ASSIGN(const auto family, accounts_.find_session(token->session_id));
  if (!family) return login_required();
  const Place token_place = place(*token, *family);
  if (token_place == Place::foreign) return login_required();
  if (family->device_revoked) return device_revoked();
  if (family->ended || family->expires <= now) return login_required();
  SS_ASSIGN(const auto account, accounts_.find_account(family->account_id));
  if (!account) return login_required();

  if (token_place == Place::current) {
    SS_ASSIGN(const RefreshToken successor, advance(*family, now));
    return grant(*account, successor, now);
  }
  if (token_place == Place::previous) {
    // The answer was lost: the same successor again. None if the key has changed twice since.
    const auto same = refresh_tokens_.remake(family->id, family->generation, family->current_hash);
    if (same) return grant(*account, *same, now);
  }
  // Two hold tokens of one login, and one of them has stolen his (RFC 9700 section 4.14.2).
  lock.unlock();
  SS_TRY(end(account->user, family->id, EndReason::token_reuse, now));
  return login_required();
}

Result<> SessionKeeper::end(UserRef user, const std::string& session_id, EndReason reason,
                            WallTime now) {
  SS_TRY(accounts_.end_session(session_id, reason, now));
  table_.erase(session_id);
  announce(user, session_id);
  return {};
}

Result<> SessionKeeper::change_password(const Caller& caller, std::string_view verified_hash,
                                        std::string_view new_hash, WallTime now) {
  std::vector<std::string> ended;
  {
    const std::lock_guard lock(changes_);
    SS_ASSIGN(ended, accounts_.change_password({caller.account_id, caller.session_id},
                                               verified_hash, new_hash, now));
    for (const std::string& id : ended) table_.erase(id);
  }
  for (const std::string& id : ended) announce(caller.user, id);
  return {};
}

Result<Caller> SessionKeeper::authenticate(std::string_view access_token, WallTime now) const {
  SS_ASSIGN(AccessClaims claims, signer_.verify(access_token, now));
  const auto session = table_.find(claims.session_id);
  if (!session || session->account_id != claims.account_id || session->expires <= now) {
    return login_required();
  }
  if (session->device_revoked) return device_revoked();
  return Caller{.user = session->user,
                .account_id = std::move(claims.account_id),
                .session_id = std::move(claims.session_id),
                .expires = claims.expires};
}

}  // namespace studiosync::server
