#include "loadtest/run/phases.hpp"
#include "loadtest/scenarios/edits.hpp"

namespace studiosync::load {
namespace {

// Bounds what a device holds in memory at once, and what the server is asked at once.
constexpr std::size_t records_at_once = 250;
constexpr std::size_t users_at_once = 16;

std::size_t records_of(VirtualDevice& device) {
  std::size_t count = 0;
  for (const EntityType type : user_entity_types) count += device.store().live_records(type);
  return count;
}

class Preload : public std::enable_shared_from_this<Preload> {
 public:
  Preload(User& user, std::size_t records, std::function<void()> done)
      : user_(user), records_(records), done_(std::move(done)) {}

  void begin() {
    device().start(Clock::now());
    wait();
  }

 private:
  VirtualDevice& device() { return *user_.devices.front(); }

  void wait() {
    device().when_synced([self = shared_from_this()] { self->go_on(); });
  }

  void go_on() {
    const std::size_t there = records_of(device());
    // A server that refuses them all is not asked for ever; the measurement will show it.
    if (there >= records_ || std::exchange(had_, there) == there) return done_();
    const std::size_t count = std::min(records_ - there, records_at_once);
    for (std::size_t i = 0; i < count; ++i) write_one();
    wait();
  }

  void write_one() {
    Sample sample = new_record(user_);
    note_recent(user_, {sample.type, sample.id});
    (void)device().put(sample.type, sample.id, std::move(sample.data), Clock::now());
  }

  User& user_;
  const std::size_t records_;
  std::optional<std::size_t> had_;  // after the round before
  const std::function<void()> done_;
};

}  // namespace

void preload(Team& team, std::size_t records, std::function<void()> done) {
  if (records == 0) return done();
  const Task one = [&team, records](std::size_t i, std::function<void()> ready) {
    std::make_shared<Preload>(*team.users()[i], records, std::move(ready))->begin();
  };
  run_window(team.users().size(), users_at_once, one, std::move(done));
}

}  // namespace studiosync::load
