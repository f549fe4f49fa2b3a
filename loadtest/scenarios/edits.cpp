#include "loadtest/scenarios/edits.hpp"

#include <algorithm>
#include <span>

#include "core/base/check.hpp"
#include "core/schema/validate.hpp"

namespace studiosync::load {
namespace {

// As many as a person has open.
constexpr std::size_t recent_max = 8;

struct Share {
  EntityType type;
  std::uint64_t percent;
};
constexpr Share mixed[] = {{EntityType::query_history, 45},
                           {EntityType::saved_query, 30},
                           {EntityType::ai_message, 15},
                           {EntityType::ai_session, 5},
                           {EntityType::connection, 5}};
// Where most records have such a size.
constexpr Share small[] = {
    {EntityType::connection, 50}, {EntityType::ai_session, 25}, {EntityType::ai_message, 25}};
constexpr std::size_t small_bytes_min = 300;
constexpr std::size_t small_bytes_max = 500;

EntityType choose_type(Random& random, std::span<const Share> mix) {
  std::uint64_t draw = random.below(100);
  for (const auto& [type, percent] : mix) {
    if (draw < percent) return type;
    draw -= percent;
  }
  return EntityType::query_history;
}

// The field that a user of such a record changes; nothing for what is written once.
const char* working_field(EntityType type) {
  switch (type) {
    case EntityType::saved_query:
      return "description";
    case EntityType::connection:
      return "name";
    case EntityType::ai_session:
      return "title";
    default:
      return nullptr;
  }
}

std::optional<Json> content_of(VirtualDevice& device, const RecordKey& key) {
  const auto record = device.store().find(key.type, key.id);
  if (!record || record->content.empty() || record->content == "{}") return std::nullopt;
  auto data = parse_json(record->content);
  SS_CHECK(data.has_value());
  return std::move(*data);
}

Sample new_mixed(User& user) {
  return user.sampler.next(choose_type(user.random, mixed));
}

Sample new_small(User& user) {
  for (;;) {
    Sample sample = user.sampler.next(choose_type(user.random, small));
    const std::size_t bytes = sample.data.dump().size();
    if (small_bytes_min <= bytes && bytes <= small_bytes_max) return sample;
  }
}

bool change_recent(User& user, VirtualDevice& device, Moment intended) {
  if (user.recent.empty()) return false;
  const RecordKey key = user.recent[user.random.below(user.recent.size())];
  if (!content_of(device, key)) return false;
  change_record(user, device, key, intended);
  return true;
}

}  // namespace

void note_recent(User& user, const RecordKey& key) {
  if (working_field(key.type) == nullptr) return;
  user.recent.push_back(key);
  if (user.recent.size() > recent_max) user.recent.pop_front();
}

Sample new_record(User& user) {
  for (;;) {
    Sample sample = user.contents == Contents::small ? new_small(user) : new_mixed(user);
    if (!stays_local(sample.type, Fields::from_json(sample.data))) return sample;
  }
}

void change_record(User& user, VirtualDevice& device, const RecordKey& key, Moment intended) {
  auto data = content_of(device, key);
  const char* field = working_field(key.type);
  if (!data || field == nullptr) return;
  data->set(field, "Revision " + std::to_string(++user.edits));
  (void)device.put(key.type, key.id, std::move(*data), intended);
}

void edit_something(User& user, VirtualDevice& device, Moment intended) {
  if (user.random.below(2) == 0 && change_recent(user, device, intended)) return;
  Sample sample = new_record(user);
  note_recent(user, {sample.type, sample.id});
  (void)device.put(sample.type, sample.id, std::move(sample.data), intended);
}

}  // namespace studiosync::load
