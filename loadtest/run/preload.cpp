#include "loadtest/fleet/thread_watch.hpp"
#include "loadtest/run/bulk_writer.hpp"
#include "loadtest/run/phases.hpp"

namespace studiosync::load {
namespace {

// Enough to keep a server's writers busy with one thread.
constexpr std::size_t users_filled_at_once = 16;
// So many different contents, that no page of a database is like the next.
constexpr std::size_t contents_max = 1024;

}  // namespace

void preload(Team& team, std::size_t records, std::shared_ptr<FillPart> part,
             std::function<void()> done) {
  const std::size_t all = records * team.users().size();
  if (all == 0) return done();
  const auto watch = std::make_shared<ThreadWatch>(team.world().io);
  const auto contents =
      std::make_shared<PreparedRecords>(*team.users().front(), std::min(all, contents_max));
  const Task one = [&team, records, part, contents](std::size_t i, std::function<void()> ready) {
    const auto writer = std::make_shared<BulkWriter>(team, *team.users()[i], records, *contents);
    writer->begin([part, contents, ready = std::move(ready)](const std::optional<Error>& error) {
      if (error && !part->error) part->error = error;
      ready();
    });
  };
  run_window(team.users().size(), users_filled_at_once, one, [part, watch, done = std::move(done)] {
    part->use = watch->use();
    done();
  });
}

}  // namespace studiosync::load
