#include "bench/stack/growing_account.hpp"

#include "bench/stack/records.hpp"
#include "os/wall_clock.hpp"

namespace studiosync::bench {
namespace {

constexpr std::int64_t first_ms = 1'769'860'800'000;
// So many different ones, made once: the generator shares the processors with the server.
constexpr std::size_t contents_max = 1024;

Json content_of(std::uint64_t record) {
  static const std::vector<std::string> contents = [] {
    std::vector<std::string> made;
    for (std::size_t number = 0; number < contents_max; ++number) {
      made.push_back(data_of(EntityType::saved_query, number).canonical());
    }
    return made;
  }();
  return Json::raw(contents[record % contents_max]);
}

}  // namespace

GrowingAccount::GrowingAccount(boost::asio::io_context& io, ServerProcess& server,
                               std::uint64_t number)
    : number_(number),
      device_(io, server.log_in("growth-" + std::to_string(number)), "writer"),
      random_(number) {}

// Ordered by time, as those of devices are.
std::string GrowingAccount::id_of(std::uint64_t record) const {
  Random random(number_ << 32U | record);
  return uuid_text(uuid_v7(first_ms + static_cast<std::int64_t>(record), random));
}

void GrowingAccount::send(const Push& push) {
  device_.send(to_bytes(push));
}

PushChange GrowingAccount::change_of(std::uint64_t record, WallTime now) {
  last_ = last_.next();
  PushChange change;
  change.change.bytes = uuid_v7(now.unix_ms, random_);
  change.device_seq = last_;
  change.type = EntityType::saved_query;
  change.item_id = id_of(record);
  change.stamp = Stamp::at(now);
  return change;
}

void GrowingAccount::send_records(std::size_t count) {
  Push push{.now = os::wall_now(), .changes = {}};
  for (std::size_t i = 0; i < count; ++i) {
    push.changes.push_back(change_of(records_, push.now));
    push.changes.back().data = content_of(records_++);
  }
  send(push);
}

void GrowingAccount::send_edit(Random& random) {
  Push push{.now = os::wall_now(), .changes = {}};
  const std::uint64_t record = random.below(records_);
  const std::uint64_t edit = ++edits_[record];
  PushChange change = change_of(record, push.now);
  change.base = {device_.epoch(), Version{edit}};
  change.changed_fields = {{"folder"}};
  change.data = *parse_json(content_of(record).dump());
  change.data.set("folder", "Reports " + std::to_string(edit));
  push.changes.push_back(std::move(change));
  send(push);
}

}  // namespace studiosync::bench
