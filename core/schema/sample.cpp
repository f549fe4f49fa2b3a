#include "core/schema/sample.hpp"

#include <utility>

#include "core/base/check.hpp"
#include "core/base/ids.hpp"
#include "core/schema/registry.hpp"
#include "core/schema/sample_sql.hpp"
#include "core/schema/sample_words.hpp"
#include "core/schema/validate.hpp"

namespace studiosync {
namespace {

using sample::between;
using sample::chance;
using sample::pick;

// What a sampler remembers of one type: enough variety, bounded however many records it makes.
constexpr std::size_t remembered_max = 1000;
constexpr std::int64_t day_ms = 24 * 60 * 60 * 1000;

// Random parts of one text are appended one by one: the operands of `+` have no order of
// evaluation, and one seed must give one text with every compiler.
std::string host_of(Random& random) {
  if (chance(random, 15)) return "localhost";
  std::string host(pick(random, sample::services()));
  host.append("-").append(std::to_string(between(random, 1, 4)));
  return host.append(".").append(pick(random, sample::regions())).append(".db.example.com");
}

std::string numbered_topic(Random& random) {
  std::string name(pick(random, sample::topics()));
  return name.append(" ").append(std::to_string(between(random, 1, 999)));
}

std::int64_t port_of(std::string_view database) {
  if (database == "mysql") return 3306;
  if (database == "mssql") return 1433;
  if (database == "oracle") return 1521;
  if (database == "mongodb") return 27017;
  return 5432;
}

Json tags_of(Random& random, sample::Words from, std::size_t count_max) {
  Json tags = Json::array();
  const std::size_t first = static_cast<std::size_t>(random.below(from.size()));
  const std::size_t count = static_cast<std::size_t>(random.below(count_max + 1));
  for (std::size_t i = 0; i < count; ++i) tags.push_back(from[(first + i) % from.size()]);
  return tags;
}

void add_server(Random& random, std::string_view database, Json& data) {
  data.set("host", host_of(random)).set("port", port_of(database));
  data.set("username", pick(random, sample::people()));
  const FieldSpec* ssl = find_field(spec_of(EntityType::connection), "ssl_mode");
  data.set("ssl_mode", pick(random, ssl->choices));
  if (!chance(random, 25)) return;
  data.set("use_ssh", true).set("ssh_host", "bastion.example.com").set("ssh_port", 22);
  data.set("ssh_user", pick(random, sample::people()));
}

}  // namespace

Sampler::Sampler(Random& random, WallTime now) : random_(random), now_(now) {}

Sample Sampler::next(EntityType type) {
  std::string id = uuid_text(uuid_v7(now_.unix_ms, random_));
  switch (type) {
    case EntityType::connection:
      return {type, id, connection(id)};
    case EntityType::preference: {
      Json data = preference();
      return {type, preference_id(data.find("key")->as_string()), std::move(data)};
    }
    case EntityType::saved_query:
      return {type, std::move(id), saved_query()};
    case EntityType::query_history:
      return {type, std::move(id), history()};
    case EntityType::ai_session:
      return {type, id, session(id)};
    case EntityType::ai_message:
      return {type, std::move(id), message()};
    case EntityType::conflict:
      break;
  }
  SS_CHECK(type != EntityType::conflict);
  return {};
}

Json Sampler::connection(const std::string& id) {
  const std::string_view database =
      pick(random_, find_field(spec_of(EntityType::connection), "type")->choices);
  const std::string service(pick(random_, sample::services()));
  const std::string environment(pick(random_, sample::environments()));
  Json data = Json::object();
  data.set("name", service + " (" + environment + ")").set("type", database).set("use_ssh", false);
  data.set("database", database == "sqlite" ? "/home/user/data/" + service + ".db" : service);
  if (database != "sqlite") add_server(random_, database, data);
  data.set("environment_tags", Json(Json::Array{environment}));
  data.set("parameters",
           Json::object().set("application_name", "sql-studio").set("connect_timeout", 10));
  data.set("color", pick(random_, sample::colors())).set("icon", pick(random_, sample::icons()));
  data.set("metadata", Json::object()
                           .set("owner", pick(random_, sample::people()))
                           .set("order", between(random_, 1, 40)));
  data.set("created_at", past_time(700)).set("last_used_at", past_time(30));
  if (connections_.size() < remembered_max) connections_.push_back({id, database});
  return data;
}

Json Sampler::preference() {
  const std::size_t number = preferences_++;
  const auto known = sample::settings();
  if (number < known.size()) {
    const sample::Setting& setting = known[number];
    return Json::object()
        .set("key", setting.key)
        .set("value", *parse_json(pick(random_, setting.values)))
        .set("category", setting.category);
  }
  // Column widths of one result grid after another: as many settings as anybody asks for.
  const sample::Table& table = pick(random_, sample::tables());
  Json widths = Json::object();
  for (const std::string_view name : table.columns) {
    widths.set(std::string(name), between(random_, 6, 40) * 10);
  }
  return Json::object()
      .set("key", "grid.widths." + std::string(table.name) + "." + std::to_string(number))
      .set("value", std::move(widths))
      .set("category", "grid");
}

Json Sampler::saved_query() {
  Json data = Json::object();
  const std::string_view database = choose_connection(data);
  data.set("name", numbered_topic(random_));
  data.set("query",
           sample::query(random_, database, static_cast<std::size_t>(between(random_, 900, 2600))));
  data.set("description",
           sample::prose(random_, static_cast<std::size_t>(between(random_, 60, 240))));
  data.set("tags", tags_of(random_, sample::tags(), 4));
  data.set("folder", pick(random_, sample::folders())).set("favorite", chance(random_, 12));
  data.set("metadata",
           Json::object().set("runs", between(random_, 0, 400)).set("chart", chance(random_, 20)));
  return data.set("created_at", past_time(500));
}

Json Sampler::history() {
  Json data = Json::object();
  const std::string_view database = choose_connection(data);
  const bool success = chance(random_, 94);
  data.set("query",
           sample::query(random_, database, static_cast<std::size_t>(between(random_, 200, 1500))));
  data.set("executed_at", past_time(90)).set("duration_ms", between(random_, 1, 2400));
  data.set("rows_affected", success ? between(random_, 0, 5000) : 0).set("success", success);
  if (!success) data.set("error", pick(random_, sample::errors()));
  data.set("favorite", chance(random_, 4));
  const std::uint64_t mode = random_.below(100);
  return data.set("privacy_mode", mode < 2 ? "private" : mode < 5 ? "shared" : "normal");
}

Json Sampler::session(const std::string& id) {
  if (sessions_.size() < remembered_max) sessions_.push_back(id);
  return Json::object()
      .set("title", pick(random_, sample::topics()))
      .set("summary", sample::prose(random_, static_cast<std::size_t>(between(random_, 80, 400))))
      .set("token_count", between(random_, 200, 9000))
      .set("created_at", past_time(200));
}

Json Sampler::message() {
  // People ask, the assistant answers.
  const bool question = messages_++ % 2 == 0;
  std::string content = sample::prose(random_, static_cast<std::size_t>(between(random_, 80, 260)));
  if (!question) content += "\n\n```sql\n" + sample::query(random_, "postgres", 260) + "\n```";
  // No session known: a message may arrive before its session does.
  const std::string session = sessions_.empty() ? uuid_text(uuid_v7(now_.unix_ms, random_))
                                                : sessions_[random_.below(sessions_.size())];
  Json data = Json::object();
  data.set("session_id", session).set("role", question ? "user" : "assistant");
  data.set("tokens", static_cast<std::int64_t>(content.size() / 4))
      .set("timestamp", past_time(200));
  if (!question)
    data.set(
        "metadata",
        Json::object().set("model", "thorough").set("latency_ms", between(random_, 300, 9000)));
  return data.set("content", std::move(content));
}

std::string_view Sampler::choose_connection(Json& data) {
  if (connections_.empty() || chance(random_, 5)) return "postgres";
  const KnownConnection& chosen = connections_[random_.below(connections_.size())];
  data.set("connection_id", chosen.id);
  return chosen.database;
}

std::string Sampler::past_time(std::int64_t days) {
  return to_rfc3339(now_ - Millis{between(random_, 1, days * day_ms)});
}

}  // namespace studiosync
