#include "tests/client/store/records.hpp"

#include <array>

namespace studiosync::client::test {

namespace {

constexpr std::array types{EntityType::connection,  EntityType::preference,
                           EntityType::saved_query, EntityType::query_history,
                           EntityType::ai_session,  EntityType::ai_message,
                           EntityType::conflict};
constexpr std::array<std::string_view, 8> words{"select", "orders", "customer", "join",
                                                "größe",  "total",  "month",    "''quoted''"};

std::string sentence(Random& random) {
  std::string text;
  for (std::uint64_t n = 1 + random.below(6); n > 0; --n) {
    text += words[random.below(words.size())];
    text += ' ';
  }
  return text;
}

std::string random_content(Random& random) {
  if (random.below(4) == 0) return {};
  return R"({"content":")" + sentence(random) + R"(","name":")" + sentence(random) +
         R"(","query":")" + sentence(random) + R"("})";
}

Record random_shadow(Random& random, const DeviceRecord& record) {
  Record shadow{.type = record.type, .id = record.id};
  shadow.deleted = random.below(3) == 0;
  shadow.rev = {Epoch{7}, Version{1 + random.below(9)}};
  shadow.origin = {replica(1), DeviceSeq{random.below(50)}, Stamp{random.next() >> 2}};
  shadow.seq = Seq{random.below(1000)};
  if (!shadow.deleted) {
    shadow.content = random.below(2) == 0 ? record.content : random_content(random);
  }
  return shadow;
}

PendingEdit random_edit(Random& random) {
  PendingEdit edit;
  edit.action = random.below(5) == 0 ? Action::remove : Action::upsert;
  edit.changed = {"name", "query"};
  edit.queued = {static_cast<std::int64_t>(random.below(20))};
  return edit;
}

}  // namespace

ReplicaId replica(std::uint8_t n) {
  ReplicaId id;
  id.bytes.fill(n);
  return id;
}

ChangeId change(std::uint8_t n) {
  ChangeId id;
  id.bytes.fill(n);
  return id;
}

DeviceRecord pulled_query(std::string_view id, std::string_view sql, std::uint64_t seq) {
  DeviceRecord record{.type = EntityType::saved_query, .id = std::string(id)};
  record.content = R"({"name":")" + std::string(id) + R"(","query":")" + std::string(sql) + R"("})";
  Record shadow{.type = record.type, .id = record.id};
  shadow.rev = {Epoch{7}, Version{1}};
  shadow.origin = {replica(1), DeviceSeq{seq}, Stamp{seq << 16}};
  shadow.device = {"laptop"};
  shadow.seq = Seq{seq};
  shadow.committed = {static_cast<std::int64_t>(seq) * 1000};
  shadow.content = record.content;
  record.shadow = shadow;
  return record;
}

DeviceRecord edited(EntityType type, std::string_view id, std::int64_t queued_ms) {
  DeviceRecord record{.type = type, .id = std::string(id), .content = R"({"name":"local"})"};
  record.edit = PendingEdit{.queued = {queued_ms}};
  return record;
}

DeviceRecord rich_record() {
  DeviceRecord record = pulled_query("q-rich", "SELECT 'it''s' -- größe");
  record.local_only = true;
  Record& shadow = *record.shadow;
  shadow.rev = {Epoch{(1ULL << 53) - 1}, Version{12}};
  shadow.origin = {replica(200), DeviceSeq{77}, Stamp{0xFFFF'FFFF'FFFF'FFFE}};
  shadow.seq = Seq{(1ULL << 40) - 1};
  shadow.field_versions = {{"name", Version{3}, {replica(3), DeviceSeq{4}, Stamp{5}}},
                           {"query", Version{11}, {ReplicaId{}, DeviceSeq{0}, Stamp{6}}}};
  shadow.content = R"({"name":"older","query":"SELECT 1"})";
  record.edit = PendingEdit{.action = Action::upsert,
                            .reason = "private",
                            .base = {Epoch{9}, Version{11}},
                            .changed = {"name", "query"},
                            .stamp = Stamp{0xFFFF'FFFF'FFFF'FFFF},
                            .queued = {1'700'000'000'123}};
  record.in_flight = DeviceSeq{41};
  record.redacted = {"metadata", "query"};
  return record;
}

Original original(std::string_view id, std::int64_t at_ms) {
  return {.type = EntityType::saved_query,
          .id = std::string(id),
          .field = "query",
          .value = R"("ALTER USER größe PASSWORD 'it''s'")",
          .record = R"({"name":"n"})",
          .replaced_by = {Epoch{(1ULL << 53) - 1}, Version{12}},
          .at = {at_ms}};
}

FrozenChange frozen_change(std::uint64_t seq, std::string_view id) {
  return {.seq = DeviceSeq{seq},
          .change = change(static_cast<std::uint8_t>(seq)),
          .type = EntityType::saved_query,
          .id = std::string(id),
          .action = Action::upsert,
          .reason = "private",
          .base = {Epoch{9}, Version{seq}},
          .changed = {"name", "query"},
          .stamp = Stamp{seq << 16 | 1},
          .content = R"({"name":"n","query":"SELECT 1"})"};
}

DeviceRecord random_record(Random& random) {
  DeviceRecord record;
  record.type = types[random.below(types.size())];
  record.id = "r" + std::to_string(random.below(30));
  record.content = random_content(random);
  if (random.below(2) == 0) record.shadow = random_shadow(random, record);
  if (random.below(3) == 0) record.edit = random_edit(random);
  if (random.below(6) == 0) record.in_flight = DeviceSeq{1 + random.below(9)};
  if (random.below(4) == 0) record.redacted = {"name"};
  return record;
}

}  // namespace studiosync::client::test
