#include "server/store/sqlite/log_upkeep.hpp"

namespace studiosync::server {

namespace {

// Pages of write-ahead log, since the last copy, that are worth copying back while nobody waits,
// and under load: the log then begins anew within what is reserved for it. Only a reader that holds
// on to old pages lets it grow beyond; the most that is tolerated before writers wait for it.
constexpr int log_pages_idle = 1'000;
constexpr int log_pages_busy = 3'500;
constexpr int log_pages_max = 16'000;

}  // namespace

Result<> LogUpkeep::copy_back(sqlite::Database& db, bool idle) {
  using Checkpoint = sqlite::Database::Checkpoint;
  const int pages = db.log_pages();
  if (!growth_.beyond(idle ? log_pages_idle : log_pages_busy, pages)) return {};
  return db.checkpoint(pages > log_pages_max ? Checkpoint::complete : Checkpoint::gentle);
}

}  // namespace studiosync::server
