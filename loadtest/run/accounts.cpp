#include "loadtest/run/accounts.hpp"

#include <fstream>

#include "client/engine/account.hpp"
#include "core/protocol/object_reader.hpp"
#include "os/entropy.hpp"
#include "os/wall_clock.hpp"

namespace studiosync::load {
namespace {

void take(const client::Login& login, Account& account) {
  account.user_id = login.user_id;
  account.token = login.access_token;
  account.expires = login.expires;
}

Result<std::vector<Account>> read_accounts(const RunOptions& options) {
  std::ifstream in(options.users_file);
  if (!in) return fail(ErrorCode::not_found, "cannot read " + options.users_file);
  std::vector<Account> accounts;
  std::size_t number = 0;
  for (std::string line; accounts.size() < options.users && std::getline(in, line);) {
    if (++number <= options.users_skip) continue;
    auto account = parse_account(line);
    if (!account) {
      account.error().message =
          options.users_file + ":" + std::to_string(number) + ": " + account.error().message;
      return Unexpected(account.error());
    }
    accounts.push_back(std::move(*account));
  }
  if (accounts.size() == options.users) return accounts;
  return fail(ErrorCode::bad_request, options.users_file + " has " +
                                          std::to_string(accounts.size()) + " accounts for " +
                                          std::to_string(options.users) + " users");
}

Result<Account> register_one(client::HttpClient& http, const std::string& name) {
  Account account{.username = name, .password = os::random_uuid()};
  client::Login login;
  SS_TRY(client::register_account(
      http, {.email = name + "@example.test", .username = name, .password = account.password},
      login));
  take(login, account);
  return account;
}

Result<std::vector<Account>> register_accounts(const RunOptions& options,
                                               const AccountProgress& progress) {
  client::HttpClient http(options.target, options.ca_file);
  const std::string run = os::random_uuid().substr(0, 8);
  std::vector<Account> accounts;
  for (std::size_t i = 0; i < options.users; ++i) {
    auto account = register_one(http, "load-" + run + "-" + std::to_string(i + 1));
    if (!account && account.error().code == ErrorCode::rate_limited) {
      account.error().message +=
          "; switch off limits.logins_per_minute, or make accounts with `syncd users create`";
    }
    if (!account) return Unexpected(std::move(account).error());
    accounts.push_back(std::move(*account));
    progress(accounts.size(), options.users);
  }
  return accounts;
}

Result<> refresh(const RunOptions& options, WallTime until, std::vector<Account>& accounts,
                 const AccountProgress& progress) {
  client::HttpClient http(options.target, options.ca_file);
  std::size_t done = 0;
  for (Account& account : accounts) {
    if (account.expires <= until) {
      client::Login login;
      SS_TRY(
          client::log_in(http, {.email = account.username, .password = account.password}, login));
      take(login, account);
    }
    progress(++done, accounts.size());
    if (account.expires > until) continue;
    return fail(ErrorCode::bad_request,
                "the run lasts longer than its tokens: raise the server's auth.access_lifetime");
  }
  return {};
}

}  // namespace

Result<Account> parse_account(std::string_view line) {
  SS_ASSIGN(const Json json, parse_json(line));
  std::optional<Error> error;
  const ObjectReader in(json, "$", error);
  Account account{.user_id = in.text("user_id"),
                  .token = in.text("token"),
                  .username = in.text("username"),
                  .password = in.text("password")};
  const auto expires = in.parsed("expires_at", parse_rfc3339, "a time");
  account.expires = {expires.unix_us / 1000};
  if (error) return Unexpected(std::move(*error));
  return account;
}

Result<std::vector<Account>> prepare_accounts(const RunOptions& options, WallTime until,
                                              const AccountProgress& progress) {
  if (options.users_file.empty()) return register_accounts(options, progress);
  SS_ASSIGN(std::vector<Account> accounts, read_accounts(options));
  SS_TRY(refresh(options, until, accounts, progress));
  return accounts;
}

}  // namespace studiosync::load
