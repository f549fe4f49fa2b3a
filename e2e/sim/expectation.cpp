// What a scenario expects at a point, and what is there at its end.
#include <limits>

#include "core/protocol/codec.hpp"
#include "core/sync/pull.hpp"
#include "e2e/sim/world.hpp"

namespace studiosync::e2e {
namespace {

constexpr std::size_t all = std::numeric_limits<std::size_t>::max();
constexpr UserReader::PageLimits everything{all, all};

// What is looked at is the same of a device and of the server.
struct Seen {
  std::string content;  // of the record named
  std::size_t live = 0;
  std::size_t open_conflicts = 0;
};

std::string field_mismatch(const std::string& content, const Json& wanted) {
  const Json data = content.empty() ? Json::object() : parse_json(content).value();
  for (const Json::Member& member : wanted.members()) {
    const Json* value = data.find(member.key);
    const std::string there = value == nullptr ? "nothing" : value->canonical();
    const std::string expected = member.value.is_null() ? "nothing" : member.value.canonical();
    if (there != expected) return member.key + " is " + there + ", expected " + expected;
  }
  return {};
}

std::string count_mismatch(std::string_view what, std::size_t there,
                           const std::optional<std::size_t>& expected) {
  if (!expected || there == *expected) return {};
  return std::to_string(there) + " " + std::string(what) + ", expected " +
         std::to_string(*expected);
}

std::string mismatch_of(const Seen& seen, const Expectation& expected) {
  if (expected.exists && *expected.exists == seen.content.empty()) {
    return seen.content.empty() ? "the record is not there" : "the record is there";
  }
  if (expected.data) {
    if (auto text = field_mismatch(seen.content, *expected.data); !text.empty()) return text;
  }
  if (auto text = count_mismatch("records", seen.live, expected.count); !text.empty()) return text;
  return count_mismatch("open conflicts", seen.open_conflicts, expected.open_conflicts);
}

bool is_open_conflict(const std::string& id, const std::string& content) {
  const auto view = conflict_from_content(id, content);
  return view && !view->resolved;
}

}  // namespace

void World::expect(const Step& step) {
  if (!step.expectation) return;
  if (auto text = mismatch(step); !text.empty()) unmet_.push_back({step_, std::move(text)});
}

std::string World::mismatch(const Step& step) {
  if (step.device.empty()) return mismatch_at_server(step);
  SimDevice* device = find(step.device);
  if (device == nullptr || !device->running()) return step.device + " does not run";
  const std::string text = mismatch_here(*device, step);
  return text.empty() ? text : step.device + ": " + text;
}

std::string World::mismatch_here(SimDevice& device, const Step& step) {
  const Expectation& expected = *step.expectation;
  DeviceStore& store = device.store();
  Seen seen{.content = store.find(step.type, step.id).value_or(DeviceRecord{}).content};
  seen.live = store.list(step.type, "", all).size();
  for (const DeviceRecord& record : store.list(EntityType::conflict, "", all)) {
    seen.open_conflicts += is_open_conflict(record.id, record.content) ? 1 : 0;
  }
  if (auto text = mismatch_of(seen, expected); !text.empty()) return text;
  auto text = count_mismatch("rejected changes", store.rejected().size(), expected.rejected);
  if (!text.empty()) return text;
  const std::string link(to_string(device.status().state));
  if (expected.link && *expected.link != link) return "it is " + link;
  return {};
}

// Of the first user that has the record, or of all users together.
std::string World::mismatch_at_server(const Step& step) {
  if (!server_.running()) return "the server does not run";
  Seen seen;
  for (const auto& [ref, name] : users_) {
    (void)server_.store()->read(ref, [&](UserReader& log) {
      const auto record = log.find(step.type, step.id);
      if (record && seen.content.empty()) seen.content = record->content;
      log.each_live([&](const Record& row) {
        seen.live += row.type == step.type ? 1 : 0;
        if (row.type == EntityType::conflict && is_open_conflict(row.id, row.content)) {
          ++seen.open_conflicts;
        }
      });
    });
  }
  const std::string text = mismatch_of(seen, *step.expectation);
  return text.empty() ? text : "the server: " + text;
}

void World::write_states() {
  for (const auto& device : devices_) recorder_.note(device->name(), device->state());
  for (const auto& [ref, name] : users_) write_server_state(ref, name);
}

void World::write_server_state(server::UserRef ref, const std::string& user) {
  ServerState state{.user = user, .archive = server_storage_->archive(ref)};
  (void)server_.store()->read(ref, [&](UserReader& log) {
    state.numbers = log.state();
    state.rows = log.page({}, everything);
  });
  for (const ArchiveRow& row : state.archive) {
    for (const std::string& text :
         {row.conflict.local.content, row.conflict.remote.content, row.result}) {
      recorder_.look_for_leaks("server", "the archive", text);
    }
  }
  recorder_.note("server", std::move(state));
}

}  // namespace studiosync::e2e
