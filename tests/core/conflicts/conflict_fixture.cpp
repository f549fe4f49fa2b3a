#include "tests/core/conflicts/conflict_fixture.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <sstream>

#include "core/base/json.hpp"
#include "tests/core/conflicts/builders.hpp"

namespace studiosync::testing {
namespace {

// An object of a fixture. A key that is missing or misspelled must not make a case pass.
class Node {
 public:
  Node(const Json& value, std::string where, std::initializer_list<std::string_view> keys)
      : value_(value), where_(std::move(where)) {
    require(value.is_object(), "must be an object");
    for (const auto& [key, unused] : value.members()) {
      require(std::ranges::find(keys, key) != keys.end(), "unknown key " + key);
    }
  }

  const Json* find(std::string_view key) const { return value_.find(key); }
  const Json& at(std::string_view key) const {
    require(find(key) != nullptr, "missing key " + std::string(key));
    return *find(key);
  }
  std::string text(std::string_view key) const {
    return find(key) != nullptr ? find(key)->as_string() : std::string();
  }
  std::uint64_t number(std::string_view key) const {
    return find(key) != nullptr ? find(key)->as_uint() : 0;
  }
  bool flag(std::string_view key) const { return find(key) != nullptr && find(key)->as_bool(); }

  template <class T>
  T known(std::optional<T> value, std::string_view key) const {
    require(value.has_value(), "unknown value of " + std::string(key));
    return *value;
  }
  std::string where(std::string_view key) const { return where_ + "." + std::string(key); }

 private:
  void require(bool holds, const std::string& complaint) const {
    if (holds) return;
    std::fprintf(stderr, "%s: %s\n", where_.c_str(), complaint.c_str());
    std::abort();
  }

  const Json& value_;
  std::string where_;
};

Origin read_origin(const Node& node) {
  Origin origin;
  if (const std::string letter = node.text("replica"); !letter.empty()) {
    origin.replica = replica(letter.front());
  }
  origin.device_seq = DeviceSeq{node.number("seq")};
  origin.stamp = at_ms(node.at("stamp").as_int());
  return origin;
}

std::vector<FieldVersion> read_field_versions(const Json& value, const std::string& where) {
  std::vector<FieldVersion> versions;
  for (const auto& [field, member] : value.members()) {
    const Node node(member, where + "." + field, {"version", "stamp", "replica", "seq"});
    versions.push_back({field, Version{node.at("version").as_uint()}, read_origin(node)});
  }
  return versions;
}

Record read_stored(const Json& value, EntityType type, const std::string& where) {
  const Node node(value, where,
                  {"version", "epoch", "stamp", "replica", "seq", "device", "deleted", "reason",
                   "content", "fields"});
  Record record;
  record.type = type;
  record.id = "r";
  record.rev = {Epoch{node.number("epoch")}, Version{node.at("version").as_uint()}};
  record.origin = read_origin(node);
  record.device = DeviceId{node.text("device")};
  record.deleted = node.flag("deleted");
  record.reason = node.text("reason");
  if (!record.deleted) record.content = node.at("content").canonical();
  if (const Json* fields = node.find("fields")) {
    record.field_versions = read_field_versions(*fields, node.where("fields"));
  }
  return record;
}

Incoming read_incoming(const Json& value, EntityType type, const std::string& where) {
  const Node node(value, where,
                  {"action", "base", "base_epoch", "stamp", "replica", "seq", "device",
                   "device_name", "content", "changed", "reason"});
  Incoming incoming;
  incoming.type = type;
  incoming.id = "r";
  incoming.action = node.text("action") == "delete" ? Action::remove : Action::upsert;
  incoming.reason = node.text("reason");
  incoming.base = Version{node.at("base").as_uint()};
  incoming.base_epoch = Epoch{node.number("base_epoch")};
  if (const Json* content = node.find("content")) incoming.fields = Fields::from_json(*content);
  if (const Json* changed = node.find("changed")) {
    incoming.changed.emplace();
    for (const Json& field : changed->items()) incoming.changed->push_back(field.as_string());
  }
  incoming.origin = read_origin(node);
  incoming.device = DeviceId{node.text("device")};
  incoming.device_name = node.text("device_name");
  incoming.change = change(1);
  return incoming;
}

std::optional<Content> read_content(const Json* value) {
  if (value == nullptr) return std::nullopt;
  return value->is_null() ? Content{} : Content(value->canonical());
}

ExpectedConflict read_conflict(const Json& value, const std::string& where) {
  const Node node(value, where, {"open", "strategy", "local", "remote"});
  return {node.at("open").as_bool(),
          node.known(parse_strategy(node.at("strategy").as_string()), "strategy"),
          read_content(node.find("local")), read_content(node.find("remote"))};
}

Expected read_expected(const Json& value, const std::string& where) {
  const Node node(value, where,
                  {"status", "content", "reason", "version", "copy", "conflict", "error"});
  Expected expected;
  expected.status = node.known(parse_status(node.at("status").as_string()), "status");
  expected.content = read_content(node.find("content"));
  expected.reason = node.text("reason");
  if (node.find("version") != nullptr) expected.version = Version{node.number("version")};
  if (const Json* copy = node.find("copy")) expected.copy = copy->canonical();
  if (const Json* conflict = node.find("conflict")) {
    expected.conflict = read_conflict(*conflict, node.where("conflict"));
  }
  if (node.find("error") != nullptr) expected.error = error_code_from(node.text("error"));
  return expected;
}

ConflictFixture read_fixture(const std::filesystem::path& path) {
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  const Json json = parse_json(text.str()).value_or(Json());
  const std::string file = path.stem().string();
  const Node node(json, file, {"name", "type", "strategy", "stored", "incoming", "expected"});
  const EntityType type = node.known(parse_entity_type(node.at("type").as_string()), "type");

  ConflictFixture fixture;
  fixture.file = file;
  fixture.name = node.at("name").as_string();
  fixture.strategy = node.known(parse_strategy(node.at("strategy").as_string()), "strategy");
  if (const Json& stored = node.at("stored"); !stored.is_null()) {
    fixture.stored = read_stored(stored, type, node.where("stored"));
  }
  fixture.incoming = read_incoming(node.at("incoming"), type, node.where("incoming"));
  fixture.expected = read_expected(node.at("expected"), node.where("expected"));
  return fixture;
}

}  // namespace

std::vector<ConflictFixture> read_conflict_fixtures() {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(STUDIOSYNC_FIXTURES "/conflicts")) {
    if (entry.path().extension() == ".json") paths.push_back(entry.path());
  }
  std::ranges::sort(paths);
  std::vector<ConflictFixture> fixtures;
  for (const auto& path : paths) fixtures.push_back(read_fixture(path));
  return fixtures;
}

}  // namespace studiosync::testing
