#include "bench/stack/dataset.hpp"

#include <fstream>
#include <map>

#include "bench/stack/must.hpp"
#include "core/base/ids.hpp"
#include "core/base/random.hpp"
#include "core/schema/registry.hpp"
#include "core/schema/validate.hpp"

namespace studiosync::bench {
namespace {

constexpr std::int64_t made_at_ms = 1'769'860'800'000;

NewRecord read_record(const std::string& line) {
  const Json json = must(parse_json(line), "the data set");
  const auto type = parse_entity_type(json.find("type")->as_string());
  return {*type, json.find("id")->as_string(), *json.find("data")};
}

std::vector<NewRecord> read_dataset(const std::string& file) {
  std::ifstream in(file);
  std::vector<NewRecord> records;
  for (std::string line; std::getline(in, line);) {
    NewRecord record = read_record(line);
    if (stays_local(record.type, Fields::from_json(record.data))) continue;
    records.push_back(std::move(record));
  }
  if (records.empty()) give_up("reading the data set", {.message = file + " has no records"});
  return records;
}

// New identities for one repetition.
class Renaming {
 public:
  Renaming(std::size_t round, Random& random) : round_(round), random_(random) {}

  NewRecord apply(const NewRecord& original) {
    NewRecord record = original;
    record.id = fresh(original.id);
    for (const FieldSpec& field : spec_of(record.type).fields) {
      Json* value = record.data.find(field.name);
      if (!value || !value->is_string()) continue;
      if (field.kind == Kind::reference) *value = fresh(value->as_string());
    }
    // A preference's id follows from its key.
    if (record.type == EntityType::preference) {
      Json& key = *record.data.find("key");
      key = key.as_string() + "." + std::to_string(round_);
    }
    return record;
  }

 private:
  const std::string& fresh(const std::string& id) {
    std::string& renamed = ids_[id];
    if (renamed.empty()) renamed = uuid_text(uuid_v7(made_at_ms, random_));
    return renamed;
  }

  std::size_t round_;
  Random& random_;
  std::map<std::string, std::string> ids_;
};

}  // namespace

std::vector<NewRecord> repeat_dataset(const std::string& jsonl_file, std::size_t count) {
  const std::vector<NewRecord> originals = read_dataset(jsonl_file);
  Random random(1);
  std::vector<NewRecord> records;
  for (std::size_t round = 0; records.size() < count; ++round) {
    Renaming renaming(round, random);
    for (const NewRecord& original : originals) {
      if (records.size() == count) break;
      records.push_back(renaming.apply(original));
    }
  }
  return records;
}

}  // namespace studiosync::bench
