// Whether the accounts of a data folder know everybody who is in its shards. accounts.db gives the
// user numbers out: one that is missing, empty or older than the shards would give a new user the
// number, and so the records, of another.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/result.hpp"

namespace studiosync::sqlite {
class Database;
}

namespace studiosync::server {

// In any table that is keyed by user, of whichever version the schema is; 0 in a shard without
// users. An error is the connection's sticky one.
UserId highest_user(sqlite::Database& shard);

// The last number that was given out of each shard; none in a database without tables.
using GivenNumbers = std::map<std::size_t, UserId>;
Result<GivenNumbers> given_numbers(sqlite::Database& accounts);

// What is wrong, an entry for each shard that has users whom the accounts do not know. `highest`
// are the shards' in order. In a folder that is served they must be read first: a number is on the
// disk before its user writes anything.
std::vector<std::string> unknown_users(const std::vector<UserId>& highest,
                                       const GivenNumbers& given);

// For a folder whose shards are open and which nobody else uses, before accounts.db is opened and a
// missing one is made. `store_error` that says what is wrong and what to do.
Result<> check_user_numbers(const std::string& folder);

}  // namespace studiosync::server
