// Version 1 of a shard's schema. Released: never edited, only followed by a next version.
#pragma once

#include <string_view>

namespace studiosync::server::migrations {

// Every table is clustered by user first, so that one user's data lies together and no query of one
// user can meet another's rows. No foreign keys: a batch must not pay for what the apply logic
// already guarantees.
inline constexpr std::string_view v1_log = R"sql(
-- The records and at the same time the change log: an update deletes a row and appends a new one.
CREATE TABLE log(
  key            INTEGER PRIMARY KEY,  -- user << 40 | seq
  type           INTEGER NOT NULL,     -- EntityType
  id             TEXT    NOT NULL,
  deleted        INTEGER NOT NULL,
  reason         TEXT    NOT NULL,
  epoch          INTEGER NOT NULL,
  version        INTEGER NOT NULL,
  hlc            INTEGER NOT NULL,
  replica        BLOB,                 -- 16 bytes; NULL for a plain HTTP client
  device_seq     INTEGER NOT NULL,
  device         TEXT    NOT NULL,
  committed_at   INTEGER NOT NULL,     -- microseconds since 1970
  field_versions BLOB,                 -- see field_versions.hpp; NULL when no field differs
  content        TEXT    NOT NULL      -- canonical JSON; empty for a tombstone
) STRICT;

-- Where a record's row is.
CREATE TABLE item(
  user INTEGER NOT NULL,
  type INTEGER NOT NULL,
  id   TEXT    NOT NULL,
  key  INTEGER NOT NULL,
  PRIMARY KEY(user, type, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE users(
  user        INTEGER PRIMARY KEY,
  head        INTEGER NOT NULL,
  generation  INTEGER NOT NULL,
  floor       INTEGER NOT NULL,
  last_commit INTEGER NOT NULL,
  bytes       INTEGER NOT NULL,
  records     INTEGER NOT NULL,
  epoch       INTEGER NOT NULL         -- of the last row; saves a look into epochs
) STRICT;

CREATE TABLE epochs(
  user      INTEGER NOT NULL,
  first_seq INTEGER NOT NULL,
  epoch     INTEGER NOT NULL,
  PRIMARY KEY(user, first_seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE replicas(
  user        INTEGER NOT NULL,
  replica     BLOB    NOT NULL,
  device      TEXT    NOT NULL,
  last_seq    INTEGER NOT NULL,
  last_change BLOB    NOT NULL,
  PRIMARY KEY(user, replica)
) STRICT, WITHOUT ROWID;

-- The first result of every change: what a retry is answered with.
CREATE TABLE applied(
  user        INTEGER NOT NULL,
  change_id   BLOB    NOT NULL,
  replica     BLOB,
  device_seq  INTEGER NOT NULL,
  payload     BLOB,                    -- plain HTTP clients only
  type        INTEGER NOT NULL,
  item_id     TEXT    NOT NULL,
  status      TEXT    NOT NULL,        -- wire name
  epoch       INTEGER NOT NULL,
  version     INTEGER NOT NULL,
  hlc         INTEGER NOT NULL,
  conflict_id TEXT,
  copy_id     TEXT,
  strategy    INTEGER,
  error_code  TEXT,
  error_text  TEXT,
  error_path  TEXT,
  error_rule  TEXT,
  PRIMARY KEY(user, change_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE policies(
  user     INTEGER NOT NULL,
  type     INTEGER NOT NULL,
  strategy INTEGER NOT NULL,
  PRIMARY KEY(user, type)
) STRICT, WITHOUT ROWID;

-- The conflict records' ids in the order in which they were opened.
CREATE TABLE conflicts(
  user        INTEGER NOT NULL,
  ordinal     INTEGER NOT NULL,
  conflict_id TEXT    NOT NULL,
  type        INTEGER NOT NULL,
  item_id     TEXT    NOT NULL,
  losing      TEXT    NOT NULL,        -- replica or device whose change lost
  open        INTEGER NOT NULL,
  PRIMARY KEY(user, ordinal)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX conflict_by_id ON conflicts(user, conflict_id);
CREATE INDEX conflict_open ON conflicts(user, type, item_id, losing) WHERE open = 1;

CREATE TABLE sync_conflicts_archive(
  user              INTEGER NOT NULL,
  ordinal           INTEGER NOT NULL,
  conflict_id       TEXT    NOT NULL,
  type              INTEGER NOT NULL,
  item_id           TEXT    NOT NULL,
  local_deleted     INTEGER NOT NULL,
  local_content     TEXT    NOT NULL,
  local_version     INTEGER NOT NULL,
  local_replica     BLOB,
  local_device_seq  INTEGER NOT NULL,
  local_hlc         INTEGER NOT NULL,
  local_device      TEXT    NOT NULL,
  remote_deleted    INTEGER NOT NULL,
  remote_content    TEXT    NOT NULL,
  remote_version    INTEGER NOT NULL,
  remote_replica    BLOB,
  remote_device_seq INTEGER NOT NULL,
  remote_hlc        INTEGER NOT NULL,
  remote_device     TEXT    NOT NULL,
  strategy          INTEGER NOT NULL,
  open              INTEGER NOT NULL,
  result            TEXT    NOT NULL,
  resolved_by       TEXT    NOT NULL,
  choice            TEXT,
  archived_at       INTEGER NOT NULL,
  PRIMARY KEY(user, ordinal)
) STRICT, WITHOUT ROWID;

-- What belongs to the shard as a whole: its number, the number of shards, the last probe.
CREATE TABLE meta(name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
)sql";

}  // namespace studiosync::server::migrations
