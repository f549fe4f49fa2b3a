// Version 2 of a shard's schema: what is needed to let go of what is old, and to hold mass deletes.
// Released: never edited, only followed by a next version.
#pragma once

#include <string_view>

namespace studiosync::server::migrations {

inline constexpr std::string_view v2_retention = R"sql(
-- How many live rows of each type a user has; counting them each time would read them all.
CREATE TABLE live(
  user    INTEGER NOT NULL,
  type    INTEGER NOT NULL,
  records INTEGER NOT NULL,
  PRIMARY KEY(user, type)
) STRICT, WITHOUT ROWID;
INSERT INTO live SELECT key >> 40, type, count(*) FROM log WHERE deleted = 0 GROUP BY 1, 2;

-- Tombstones in the order in which they are collected. Only deletes pay for it.
CREATE INDEX tombstone ON log(key) WHERE deleted = 1;

-- When a replica pushed last, and whether any of its results may still be kept. What was stored
-- before counts as of today.
ALTER TABLE replicas ADD COLUMN pushed_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE replicas ADD COLUMN has_results INTEGER NOT NULL DEFAULT 1;
UPDATE replicas SET pushed_at = unixepoch() * 1000000;

ALTER TABLE applied ADD COLUMN applied_at INTEGER NOT NULL DEFAULT 0;
UPDATE applied SET applied_at = unixepoch() * 1000000;
CREATE INDEX applied_plain ON applied(user, applied_at) WHERE replica IS NULL;

CREATE TABLE delete_windows(
  user       INTEGER NOT NULL,
  replica    BLOB    NOT NULL,
  type       INTEGER NOT NULL,
  started_at INTEGER NOT NULL,         -- microseconds since 1970
  live       INTEGER NOT NULL,         -- rows of the type then
  deletes    INTEGER NOT NULL,         -- since then
  PRIMARY KEY(user, replica, type)
) STRICT, WITHOUT ROWID;
)sql";

}  // namespace studiosync::server::migrations
