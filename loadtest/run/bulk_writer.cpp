#include "loadtest/run/bulk_writer.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>

#include "core/protocol/codec.hpp"
#include "loadtest/scenarios/edits.hpp"
#include "os/wall_clock.hpp"

namespace studiosync::load {
namespace {

// Bounds what the server is asked at once, and what is in memory for it.
constexpr std::size_t records_at_once = 250;
// A batch that was refused so often is not asked for again.
constexpr int refusals_max = 100;
constexpr std::chrono::milliseconds retry_min{10};

Error unexpected(std::string message) {
  return {.code = ErrorCode::server_error, .message = std::move(message)};
}

}  // namespace

BulkWriter::BulkWriter(Team& team, User& user, std::size_t records, const PreparedRecords& contents)
    : team_(team), user_(user), left_(records), contents_(contents), link_(team.make_link(user)) {}

void BulkWriter::begin(Done done) {
  done_ = std::move(done);
  link_->connect({.welcomed =
                      [self = shared_from_this()](const Welcome& welcome) {
                        self->left_ -= std::min<std::size_t>(self->left_, welcome.head.seq.value);
                        self->push_next();
                      },
                  .received = [this](const std::string& message) { received(message); },
                  .lost = [this](const Error& error) { end(error); }});
}

void BulkWriter::push_next() {
  if (left_ == 0) return end({});
  const std::size_t count = std::min(left_, records_at_once);
  batch_.clear();
  push_ = {.now = os::wall_now(), .changes = {}};
  for (std::size_t i = 0; i < count; ++i) push_.changes.push_back(new_change(push_.now));
  refusals_ = 0;
  link_->send(push_);
}

PushChange BulkWriter::new_change(WallTime now) {
  const PreparedRecord& record = contents_.any(user_.random);
  last_ = last_.next();
  PushChange change;
  change.change.bytes = uuid_v7(now.unix_ms, user_.random);
  change.device_seq = last_;
  change.type = record.type;
  change.item_id = uuid_text(uuid_v7(now.unix_ms, user_.random));
  change.data = record.data;
  change.stamp = Stamp::at(now);
  batch_.push_back({change.item_id, &record});
  note(change, record);
  return change;
}

// To a history it is a device that goes away when all is written.
void BulkWriter::note(const PushChange& change, const PreparedRecord& record) {
  e2e::HistorySink* history = team_.world().history;
  if (history == nullptr) return;
  history->note(link_->id(), e2e::Edited{.user = user_.account.user_id,
                                         .type = change.type,
                                         .id = change.item_id,
                                         .after = record.content});
  history->note(link_->id(), e2e::FrozenEdit{.replica = link_->replica(),
                                             .seq = change.device_seq,
                                             .change = change.change,
                                             .type = change.type,
                                             .id = change.item_id});
}

void BulkWriter::note(const PushChange& change, const ChangeResult& result) {
  e2e::HistorySink* history = team_.world().history;
  if (history == nullptr) return;
  history->note(link_->id(), e2e::Acknowledged{.user = user_.account.user_id,
                                               .replica = link_->replica(),
                                               .seq = change.device_seq,
                                               .change = change.change,
                                               .type = change.type,
                                               .id = change.item_id,
                                               .status = result.status,
                                               .rev = result.rev});
}

void BulkWriter::received(const std::string& message) {
  const auto frame = decode(message, Encoding::json);
  if (!frame) return end(frame.error());
  if (const auto* error = std::get_if<ErrorFrame>(&frame->body)) return refused(error->error);
  if (const auto* pushed = std::get_if<Pushed>(&frame->body)) take(*pushed);
}

void BulkWriter::refused(const Error& error) {
  if (!traits(error.code).retryable || ++refusals_ > refusals_max) return end(error);
  const std::chrono::milliseconds wait(error.retry_after_ms);
  team_.at(Clock::now() + std::max(wait, retry_min), [self = shared_from_this()] {
    if (self->link_) self->link_->send(self->push_);
  });
}

void BulkWriter::take(const Pushed& pushed) {
  if (pushed.results.size() != batch_.size()) {
    return end(unexpected("a push of " + std::to_string(batch_.size()) + " was answered with " +
                          std::to_string(pushed.results.size()) + " results"));
  }
  for (std::size_t i = 0; i < batch_.size(); ++i) {
    if (take(i, pushed.results[i])) continue;
    const auto& error = pushed.results[i].error;
    return end(error ? *error : unexpected("a new record was not stored as it was sent"));
  }
  left_ -= batch_.size();
  push_next();
}

bool BulkWriter::take(std::size_t place, const ChangeResult& result) {
  const Sent& sent = batch_[place];
  const PreparedRecord& record = *sent.record;
  if (result.status != Status::applied || result.hash != record.hash) return false;
  const Hash128 term = digest_term(
      {.type = record.type, .id = sent.id, .rev = result.rev, .content = record.content});
  const auto version = static_cast<std::uint32_t>(result.rev.version.value);
  user_.ledger.acknowledged(record.type, sent.id, {.term = term, .version = version});
  note(push_.changes[place], result);
  note_recent(user_, {record.type, sent.id});
  return true;
}

// The link may be calling.
void BulkWriter::end(std::optional<Error> error) {
  if (!done_) return;
  boost::asio::post(team_.world().io, [self = shared_from_this(), done = std::exchange(done_, {}),
                                       error = std::move(error)] {
    self->link_.reset();
    done(error);
  });
}

}  // namespace studiosync::load
