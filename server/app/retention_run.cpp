#include "server/app/retention_run.hpp"

#include <future>

#include "server/ops/logging.hpp"

namespace studiosync::server {

RetentionRun::RetentionRun(SyncService& sync, Ports ports, Options options)
    : sync_(sync), ports_(std::move(ports)), options_(options) {}

void RetentionRun::tick(WallTime now) {
  // Further off than one interval: the clock ran ahead when the last run began.
  const bool waits = now < next_ && next_ - now <= options_.interval;
  if (waits || running_.exchange(true)) return;
  next_ = now + options_.interval;
  begun_ = now;
  last_ = {};
  submit_piece();
}

void RetentionRun::submit_piece() {
  ports_.run_blocking([this](const Result<>& admitted) {
    // Refused for lack of room: what is left of the run waits for the next one.
    if (admitted && run_piece()) {
      submit_piece();
    } else {
      running_ = false;
    }
  });
}

bool RetentionRun::run_piece() {
  if (last_ == UserRef{}) tidy_accounts();
  const auto users = ports_.users_after(last_, options_.users_per_piece);
  if (!users) {
    log_event(Level::error, "retention_failed", {{"code", to_string(users.error().code)}});
    return false;
  }
  for (const UserRef user : *users) {
    if (!ports_.clock_trusted()) return false;  // it jumped meanwhile
    tidy(user);
  }
  if (!users->empty()) last_ = users->back();
  return users->size() == options_.users_per_piece;
}

void RetentionRun::tidy_accounts() {
  const auto tidied = ports_.tidy_accounts(begun_);
  if (tidied) return;
  log_event(Level::error, "retention_failed", {{"code", to_string(tidied.error().code)}});
}

void RetentionRun::tidy(UserRef user) {
  SyncService::Tidied tidied{.place = {}, .more = true};
  while (tidied.more) {
    std::promise<Result<SyncService::Tidied>> answer;
    sync_.tidy(user, options_.rules, tidied.place, options_.rows_per_step,
               [&answer](Result<SyncService::Tidied> step) { answer.set_value(std::move(step)); });
    const auto step = answer.get_future().get();
    if (!step) {
      log_event(Level::error, "retention_failed",
                {{"user", user.number.value}, {"code", to_string(step.error().code)}});
      return;
    }
    tidied = *step;
  }
}

}  // namespace studiosync::server
