// What a device asks for once it is in: each request's way to the log and back.
#include "core/base/limits.hpp"
#include "core/base/zoo.hpp"
#include "core/sync/admission.hpp"
#include "server/channel/device_channel.hpp"

namespace studiosync::server {
namespace {

// A device asks one thing at a time, or two; more would take the workers from everybody else.
constexpr int reads_max = 4;

}  // namespace

bool DeviceChannel::pay(const std::string& id, std::size_t changes) {
  // An empty push is a job of the writer, too.
  const auto price = static_cast<std::int64_t>(std::max<std::size_t>(changes, 1));
  auto room = context_.changes.take(caller_.account_id, context_.sync.now(), price);
  if (!room) send_error(id, room.error());
  return room.has_value();
}

std::shared_ptr<void> DeviceChannel::until_answered(std::size_t changes) {
  const Unanswered::Load load{.requests = 1, .changes = changes, .bytes = frame_bytes_};
  unanswered_.add(load);
  return {nullptr, [self = shared_from_this(), load](std::nullptr_t) {
            if (self->unanswered_.remove(load)) self->peer_->resume();
          }};
}

void DeviceChannel::take(const std::string& id, Push push) {
  if (push.changes.size() > limits::batch_changes_max) {
    send_error(id,
               {.code = ErrorCode::payload_too_large, .message = "too many changes in one push"});
    return;
  }
  if (!pay(id, push.changes.size())) return;
  auto counted = until_answered(push.changes.size());
  context_.sync.push(
      caller_, author_, stream_, std::move(push),
      [self = shared_from_this(), id, counted = std::move(counted)](Result<Applied> outcome) {
        self->pushed(id, std::move(outcome));
      },
      this);
}

// On the writer thread, in the order of commits.
void DeviceChannel::pushed(const std::string& id, Result<Applied> outcome) {
  if (!outcome) {
    send_error(id, outcome.error());
    return;
  }
  // One answer a request: an error stands in its place where nothing was done.
  if (outcome->error && outcome->results.empty()) {
    send_error(id, *outcome->error);
    return;
  }
  Pushed answer{.from = outcome->from, .to = outcome->to, .results = {}, .changes = {}};
  answer.changes = rows_beyond_results(*outcome);
  answer.results = std::move(outcome->results);
  {
    const std::lock_guard lock(mutex_);
    const auto offer =
        live_.offer(outcome->to.seq, peer_->queued_bytes(), context_.rows_queued_bytes_max);
    send(id, std::move(answer));
    if (offer == LiveState::Offer::hint) send({}, Changed{outcome->to});
  }
  if (outcome->error) send_error({}, *outcome->error);
}

void DeviceChannel::take(const std::string& id, const Pull& pull) {
  std::vector<Result<Changes>> early;
  if (SS_ZOO(cursor_is_read_after_the_rows)) early.push_back(context_.sync.pull(caller_, pull));
  blocking(id, [self = shared_from_this(), id, pull, early = std::move(early)] {
    Result<Changes> page = self->context_.sync.pull(self->caller_, pull);
    if (page && !early.empty() && early[0]) page->changes = early[0]->changes;
    self->answer_page(id, std::move(page));
  });
}

void DeviceChannel::take(const std::string& id, const Snapshot& snapshot) {
  blocking(id, [self = shared_from_this(), id, snapshot] {
    self->answer_page(id, self->context_.sync.snapshot(self->caller_, snapshot));
  });
}

void DeviceChannel::answer_page(const std::string& id, Result<Changes> page) {
  if (!page) {
    send_error(id, page.error());
    return;
  }
  const Seq to = page->to.seq;
  if (SS_ZOO(own_rows_stay_out_of_pages)) {
    std::erase_if(page->changes, [&](auto& row) { return row.origin.replica == author_.replica; });
  }
  const bool end = !page->has_more;
  send(id, std::move(*page));
  if (end) caught_up(to);
}

void DeviceChannel::take(const std::string& id, const DigestRequest& request) {
  blocking(id, [self = shared_from_this(), id, request] {
    auto answer = self->context_.sync.digest(self->caller_, request);
    if (answer) {
      self->send(id, std::move(*answer));
    } else {
      self->send_error(id, answer.error());
    }
  });
}

void DeviceChannel::take(const std::string& id, const ConflictsRequest& request) {
  blocking(id, [self = shared_from_this(), id, all = request.all] {
    auto views = self->context_.sync.conflicts(self->caller_, all);
    if (views) {
      self->send(id, Conflicts{std::move(*views)});
    } else {
      self->send_error(id, views.error());
    }
  });
}

void DeviceChannel::take(const std::string& id, Resolve resolve) {
  if (!pay(id, 1)) return;
  // The rows come as a broadcast, to this device as to all others.
  context_.sync.resolve(
      caller_, author_, std::move(resolve),
      [self = shared_from_this(), id, counted = until_answered(1)](Result<ResolveOutcome> outcome) {
        if (!outcome) {
          self->send_error(id, outcome.error());
        } else if (outcome->error) {
          self->send_error(id, *outcome->error);
        } else {
          self->send(id, Resolved{*outcome->conflict, outcome->applied.from, outcome->applied.to});
        }
      });
}

// The rows come as a broadcast, which finds this device behind: it reads on from the fork.
void DeviceChannel::take(const std::string& id, Reconcile reconcile) {
  if (!pay(id, reconcile.records.size())) return;
  auto counted = until_answered(reconcile.records.size());
  blocking(id, [self = shared_from_this(), id, counted = std::move(counted),
                reconcile = std::move(reconcile)] {
    self->context_.sync.reconcile(self->caller_, self->authors_of(reconcile), reconcile,
                                  self->giver_,
                                  [self, id, counted](Result<Reconciliation> outcome) {
                                    self->reconciled(id, std::move(outcome));
                                  });
  });
}

DeviceNames DeviceChannel::authors_of(const Reconcile& reconcile) const {
  DeviceNames names;
  for (const Record& record : reconcile.records) {
    if (names.contains(record.device)) continue;
    names.emplace(record.device,
                  without_credentials(context_.gate.device_name(caller_, record.device)));
  }
  return names;
}

void DeviceChannel::reconciled(const std::string& id, Result<Reconciliation> outcome) {
  if (!outcome) {
    send_error(id, outcome.error());
  } else if (outcome->applied.error) {
    send_error(id, *outcome->applied.error);
  } else {
    const Applied& applied = outcome->applied;
    send(id, Reconciled{applied.from, applied.to, std::move(outcome->changes)});
  }
}

void DeviceChannel::blocking(const std::string& id, std::function<void()> work) {
  if (++reading_ > reads_max) {
    --reading_;
    send_error(id, {.code = ErrorCode::rate_limited,
                    .message = "wait for the answers",
                    .retry_after_ms = 1'000});
    return;
  }
  context_.run_blocking([self = shared_from_this(), id, work = std::move(work)](Result<> admitted) {
    if (admitted) {
      work();
    } else {
      self->send_error(id, admitted.error());
    }
    --self->reading_;
  });
}

}  // namespace studiosync::server
