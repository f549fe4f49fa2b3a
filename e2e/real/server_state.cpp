#include "e2e/real/server_state.hpp"

#include <limits>

#include "e2e/sim/archive_rows.hpp"
#include "os/entropy.hpp"
#include "os/wall_clock.hpp"
#include "server/app/accounts_path.hpp"
#include "server/auth/account_store.hpp"
#include "server/store/sqlite/data_folder.hpp"
#include "server/store/sqlite/sqlite_store.hpp"

namespace studiosync::e2e {
namespace {

constexpr std::size_t all = std::numeric_limits<std::int32_t>::max();

}  // namespace

Result<ServerState> server_state(const std::string& data, const std::string& user) {
  SS_ASSIGN(auto accounts, server::AccountStore::open(server::accounts_path(data), os::wall_now()));
  SS_ASSIGN(const auto account, accounts->find_login(user));
  if (!account) return fail(ErrorCode::not_found, "no account " + user);
  SS_ASSIGN(auto store,
            server::open_sqlite_store({.folder = data,
                                       .clock = [] { return to_commit_time(os::wall_now()); },
                                       .entropy = &os::random_u64}));
  SS_ASSIGN(auto shard, sqlite::Database::open(server::shard_path(data, account->user.shard),
                                               {.create = false, .read_only = true}));
  ServerState state{.user = user};
  SS_ASSIGN(state.archive, read_archive(*shard, account->user.number));
  SS_TRY(store->read(account->user, [&](UserReader& log) {
    state.numbers = log.state();
    state.rows = log.page({}, {.rows_max = all, .bytes_max = all});
  }));
  return state;
}

}  // namespace studiosync::e2e
