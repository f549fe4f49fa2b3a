#include "bench/stack/records.hpp"

#include "core/base/check.hpp"
#include "core/base/ids.hpp"
#include "core/base/random.hpp"
#include "core/schema/registry.hpp"
#include "core/schema/sample.hpp"
#include "core/schema/validate.hpp"

namespace studiosync::bench {
namespace {

constexpr std::int64_t made_at_ms = 1'769'860'800'000;
constexpr std::string_view words =
    "reviewed with the finance team before the quarter closed and kept for the audit of regions, "
    "because the numbers of the warehouse and those of the shop differ by the returns; ";

// `json` with a text of the length that makes the whole record_bytes long.
Json padded(Json json, const char* field) {
  json.set(field, "");
  const std::size_t bytes = json.canonical().size();
  SS_CHECK(bytes < record_bytes);
  std::string text;
  while (text.size() < record_bytes - bytes) text += words;
  text.resize(record_bytes - bytes);
  return json.set(field, std::move(text));
}

Json saved_query(const std::string& number) {
  return padded(Json::object()
                    .set("name", "Orders by region " + number)
                    .set("query",
                         "SELECT region, count(*) AS orders FROM orders WHERE placed_at > now() - "
                         "interval '" +
                             number + " days' GROUP BY region")
                    .set("folder", "Reports")
                    .set("favorite", false),
                "description");
}

Json connection(const std::string& number) {
  return padded(Json::object()
                    .set("name", "Warehouse " + number)
                    .set("type", "postgres")
                    .set("host", "db-" + number + ".internal.example.com")
                    .set("port", 5432)
                    .set("database", "warehouse")
                    .set("username", "reporting")
                    .set("ssl_mode", "require")
                    .set("environment_tags", Json(Json::Array{"production"})),
                "icon");
}

Json preference(const std::string& number) {
  return padded(Json::object().set("key", "editor.panel." + number).set("category", "editor"),
                "value");
}

}  // namespace

Json data_of(EntityType type, std::size_t number) {
  switch (type) {
    case EntityType::saved_query:
      return saved_query(std::to_string(number));
    case EntityType::connection:
      return connection(std::to_string(number));
    default:
      SS_CHECK(type == EntityType::preference);
      return preference(std::to_string(number));
  }
}

std::vector<NewRecord> records_of(EntityType type, std::size_t count) {
  Random random(1);
  std::vector<NewRecord> records;
  for (std::size_t number = 0; number < count; ++number) {
    records.push_back({type, uuid_text(uuid_v7(made_at_ms, random)), data_of(type, number)});
  }
  return records;
}

std::vector<NewRecord> sampled_records(EntityType type, std::size_t count) {
  Random random(1);
  Sampler sampler(random, WallTime{made_at_ms});
  std::vector<NewRecord> records;
  while (records.size() < count) {
    Sample sample = sampler.next(type);
    if (stays_local(sample.type, Fields::from_json(sample.data))) continue;
    records.push_back({sample.type, std::move(sample.id), std::move(sample.data)});
  }
  return records;
}

}  // namespace studiosync::bench
