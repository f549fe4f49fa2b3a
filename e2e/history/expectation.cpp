#include "e2e/history/expectation.hpp"

#include "core/protocol/codec.hpp"

namespace studiosync::e2e {
namespace {

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

// `content` is empty where the record is deleted.
void see(Seen& seen, const Step& step, EntityType type, const std::string& id,
         const std::string& content) {
  if (content.empty()) return;
  if (type == step.type) ++seen.live;
  if (type == step.type && id == step.id && seen.content.empty()) seen.content = content;
  if (type != EntityType::conflict) return;
  const auto view = conflict_from_content(id, content);
  if (view && !view->resolved) ++seen.open_conflicts;
}

std::string mismatch_at_device(const Seen& seen, const Expectation& expected,
                               const DeviceState& device) {
  if (auto text = mismatch_of(seen, expected); !text.empty()) return text;
  auto text = count_mismatch("rejected changes", device.rejected.size(), expected.rejected);
  if (!text.empty()) return text;
  if (expected.link && *expected.link != device.link) return "it is " + device.link;
  return {};
}

std::string said_of(const std::string& whom, const std::string& text) {
  return text.empty() ? text : whom + ": " + text;
}

}  // namespace

std::string mismatch(const Step& step, const DeviceState& device) {
  Seen seen;
  for (const DeviceRecord& record : device.records) {
    see(seen, step, record.type, record.id, record.content);
  }
  return said_of(step.device, mismatch_at_device(seen, *step.expectation, device));
}

std::string mismatch(const Step& step, const std::vector<ServerState>& users) {
  Seen seen;
  for (const ServerState& user : users) {
    for (const Record& row : user.rows) {
      if (!row.deleted) see(seen, step, row.type, row.id, row.content);
    }
  }
  return said_of("the server", mismatch_of(seen, *step.expectation));
}

}  // namespace studiosync::e2e
