#include "loadtest/null_server/null_log.hpp"

#include <algorithm>

#include "core/base/limits.hpp"
#include "core/protocol/codec.hpp"
#include "core/schema/sample.hpp"

namespace studiosync::load {
namespace {

constexpr Epoch the_epoch{1};
constexpr std::size_t pages_kept = 256;

ChangeResult accepted(const PushChange& change, std::string_view content, WallTime now) {
  ChangeResult result;
  result.change_id = to_string(change.change);
  result.device_seq = change.device_seq;
  result.item_type = to_string(change.type);
  result.item_id = change.item_id;
  result.status = Status::applied;
  result.rev = {the_epoch, change.base.version.next()};
  result.stamp = change.stamp;
  result.committed = to_commit_time(now);
  result.hash = hash128(content);
  return result;
}

Record stored(PushChange change, std::string content, const ReplicaId& author, Seq seq,
              WallTime now) {
  return {.type = change.type,
          .id = std::move(change.item_id),
          .deleted = change.action == Action::remove,
          .reason = std::move(change.reason),
          .rev = {the_epoch, change.base.version.next()},
          .origin = {author, change.device_seq, change.stamp},
          .seq = seq,
          .committed = to_commit_time(now),
          .content = std::move(content)};
}

}  // namespace

Cursor null_cursor(Seq seq) noexcept {
  return {.epoch = seq ? the_epoch : Epoch{}, .seq = seq, .generation = {}};
}

NullCommit accept_all(NullUser& user, const ReplicaId& author, Push push, WallTime now) {
  NullCommit commit;
  const Cursor from = null_cursor(user.head);
  for (PushChange& change : push.changes) {
    std::string content = change.data.is_null() ? std::string() : change.data.canonical();
    commit.answer.results.push_back(accepted(change, content, now));
    user.head = user.head.next();
    if (user.devices.size() < 2) continue;
    commit.for_others.changes.push_back(
        stored(std::move(change), std::move(content), author, user.head, now));
  }
  commit.answer.from = commit.for_others.from = from;
  commit.answer.to = commit.for_others.to = null_cursor(user.head);
  return commit;
}

NullPages::NullPages(WallTime now) : now_(now) {
  Random random(1);
  Sampler sampler(random, now);
  for (std::size_t i = 0; i < limits::page_rows_max; ++i) {
    contents_.push_back(sampler.next(EntityType::connection).data.canonical());
  }
}

std::shared_ptr<const std::string> NullPages::page(const std::string& id, Seq from, Seq head) {
  const auto same = [&](const Page& made) {
    return made.from == from && made.head == head && made.id == id;
  };
  if (const auto made = std::ranges::find_if(made_, same); made != made_.end()) return made->bytes;
  const Seq to{std::min(head.value, from.value + limits::page_rows_max)};
  Changes changes{.from = null_cursor(from), .to = null_cursor(to), .has_more = to < head};
  for (Seq seq = from; seq < to;) {
    seq = seq.next();
    changes.changes.push_back(row(seq));
  }
  auto bytes =
      std::make_shared<const std::string>(encode({id, std::move(changes)}, Encoding::json));
  if (made_.size() < pages_kept) {
    made_.push_back({id, from, head, bytes});
  } else {
    made_[next_++ % pages_kept] = {id, from, head, bytes};
  }
  return bytes;
}

Record NullPages::row(Seq seq) const {
  Record record;
  record.type = EntityType::connection;
  record.id = "null-" + std::to_string(seq.value);
  record.rev = {the_epoch, Version{1}};
  record.seq = seq;
  record.committed = to_commit_time(now_);
  record.content = contents_[seq.value % contents_.size()];
  return record;
}

}  // namespace studiosync::load
