#include "server/auth/account_schema.hpp"

#include <array>

namespace studiosync::server {
namespace {

// Released: never edited, only followed by a next version. Times are milliseconds since 1970.
constexpr std::string_view kV1Accounts = R"sql(
CREATE TABLE accounts(
  id            TEXT    PRIMARY KEY,               -- UUID
  username      TEXT    NOT NULL UNIQUE COLLATE NOCASE,
  email         TEXT    NOT NULL UNIQUE COLLATE NOCASE,
  password_hash TEXT    NOT NULL,
  role          TEXT    NOT NULL,
  shard         INTEGER NOT NULL,
  number        INTEGER NOT NULL CHECK(number BETWEEN 1 AND 8388607),  -- below 2^23
  created       INTEGER NOT NULL,
  UNIQUE(shard, number)
) STRICT, WITHOUT ROWID;

-- What a new account needs to know of a shard. Numbers are never given again: rows of a deleted
-- account must not find a new owner.
CREATE TABLE shards(
  shard       INTEGER PRIMARY KEY,
  accounts    INTEGER NOT NULL,
  last_number INTEGER NOT NULL
) STRICT;

-- Families of refresh tokens. Kept until they expire, ended or not.
CREATE TABLE sessions(
  id            TEXT    PRIMARY KEY,               -- UUID, `sid` of the tokens
  account       TEXT    NOT NULL,
  generation    INTEGER NOT NULL,                  -- of the newest refresh token
  current_hash  BLOB    NOT NULL,                  -- SHA-256 of its secret
  previous_hash BLOB,                              -- of the one before, still good for a retry
  device        TEXT,                              -- the first seen in it
  created       INTEGER NOT NULL,
  expires       INTEGER NOT NULL,
  ended         INTEGER,
  end_reason    TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_account ON sessions(account);
CREATE INDEX sessions_by_expiry ON sessions(expires);

CREATE TABLE devices(
  account   TEXT    NOT NULL,
  device    TEXT    NOT NULL,
  name      TEXT    NOT NULL,                      -- empty when none was told
  created   INTEGER NOT NULL,
  last_seen INTEGER NOT NULL,
  revoked   INTEGER,
  PRIMARY KEY(account, device)
) STRICT, WITHOUT ROWID;

-- Failures only, so that a restart does not hand out new guesses.
CREATE TABLE login_attempts(
  number  INTEGER PRIMARY KEY,
  login   TEXT    NOT NULL,                        -- keyed hash: people type passwords here, too
  address TEXT    NOT NULL,
  at      INTEGER NOT NULL
) STRICT;
CREATE INDEX login_attempts_by_login ON login_attempts(login);
CREATE INDEX login_attempts_by_time ON login_attempts(at);
)sql";

constexpr std::string_view kV2Meta = R"sql(
-- What belongs to the server as a whole: the last probe, what was seen of the clock.
CREATE TABLE meta(name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
)sql";

}  // namespace

std::span<const sqlite::Migration> account_migrations() noexcept {
  static constexpr std::array<sqlite::Migration, 2> all{{
      {1, "accounts", kV1Accounts},
      {2, "meta", kV2Meta},
  }};
  return all;
}

}  // namespace studiosync::server
