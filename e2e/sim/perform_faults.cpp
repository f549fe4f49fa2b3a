// The network's and the server's steps.
#include <algorithm>

#include "e2e/sim/world.hpp"

namespace studiosync::e2e {
namespace {

constexpr Millis drain_takes{1'500};
// Few, so that one run of retention takes several transactions.
constexpr std::size_t rows_tidied_max = 16;

std::size_t index(LinkWay way) noexcept {
  return static_cast<std::size_t>(way);
}

// The rules of a run that comes so much later.
RetentionRules rules_after(Millis later) {
  RetentionRules rules;
  for (Millis* age : {&rules.history, &rules.tombstones, &rules.conflicts, &rules.results}) {
    *age = std::max(*age - later, Millis{1});
  }
  return rules;
}

}  // namespace

void World::partition(const Step& step) {
  recorder_.note("network", Turned{.what = Turned::What::partitioned, .detail = step.device});
  for (SimDevice* device : named(step)) {
    auto& blocked = device->path().blocked;
    if (step.text != "in") blocked[index(LinkWay::up)] = true;
    if (step.text != "out") blocked[index(LinkWay::down)] = true;
  }
}

void World::heal(const Step& step) {
  recorder_.note("network", Turned{.what = Turned::What::healed, .detail = step.device});
  for (SimDevice* device : named(step)) {
    device->path().blocked = {};
    device->path().extra = {};
  }
}

void World::cut(const Step& step) {
  const LinkWay way = step.text == "down" ? LinkWay::down : LinkWay::up;
  for (SimDevice* device : named(step)) device->path().cut_after[index(way)] = step.number;
}
void World::repeat(const Step& step) {
  for (SimDevice* device : named(step)) device->path().repeat_push = true;
}
void World::delay(const Step& step) {
  for (SimDevice* device : named(step)) device->path().extra = step.ms;
}

void World::server_crash(const Step&) {
  server_.crash();
  network_.server_died();
}

void World::server_start(const Step&) {
  server_.start();
}

void World::server_backup(const Step&) {
  server_storage_->backup();
  recorder_.note("server", Turned{.what = Turned::What::backed_up});
}

void World::server_restore(const Step& step) {
  server_crash(step);
  if (server_storage_->restore()) {
    network_.server_restored();
    recorder_.note("server", Turned{.what = Turned::What::restored});
  }
  server_.start();
}

void World::server_drain(const Step&) {
  if (!server_.running()) return;
  server_.drain();
  scheduler_.after(drain_takes, [this, start = server_.starts()] {
    // A crash came in between: it stays down, or goes on as it was started since.
    if (!server_.running() || server_.starts() != start) return;
    server_.stop();
    network_.server_died();
    server_.start();
  });
}

void World::quota(const Step& step) {
  server_.set_quota(static_cast<std::uint64_t>(step.number));
  server_drain(step);
}

void World::server_pause(const Step&) {
  network_.pause_server();
}
void World::server_resume(const Step&) {
  network_.resume_server();
}

void World::server_disk_full(const Step&) {
  server_storage_->set_full(true);
  recorder_.note("server", Turned{.what = Turned::What::disk_failed});
}
void World::server_disk_free(const Step&) {
  server_storage_->set_full(false);
  recorder_.note("server", Turned{.what = Turned::What::disk_healed});
}
void World::commit_fails(const Step& step) {
  server_storage_->fail_commits(step.number);
}

void World::expire(const Step& step) {
  if (!server_.running()) return;
  for (const auto& [user, name] : users_) {
    tidied_.insert(user);
    tidy(user, rules_after(step.ms), {});
  }
}

void World::tidy(server::UserRef user, const RetentionRules& rules, RetentionPlace place) {
  server_.sync()->tidy(user, rules, place, rows_tidied_max,
                       [this, user, rules](const Result<server::SyncService::Tidied>& done) {
                         if (!done) return;
                         if (done->more) return tidy(user, rules, done->place);
                         note_collected(user);
                       });
}

void World::note_collected(server::UserRef user) {
  tidied_.erase(user);
  Turned turned{.what = Turned::What::collected, .user = users_.at(user)};
  (void)server_.store()->read(user, [&](UserReader& log) { turned.seq = log.state().floor; });
  recorder_.note("server", std::move(turned));
}

void World::reset(const Step& step) {
  SimDevice* device = find(step.device);
  if (device == nullptr || !device->running() || !device->reaches_server()) return;
  const std::string& user = device->user();
  server_.sync()->reset(server_.caller(user), [this, user](const Result<Cursor>& done) {
    if (done) recorder_.note("server", Turned{.what = Turned::What::reset, .user = user});
  });
}

}  // namespace studiosync::e2e
