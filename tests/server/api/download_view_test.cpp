#include "server/api/download_view.hpp"

#include "core/schema/registry.hpp"
#include "tests/server/api/json_of.hpp"

namespace studiosync::server {
namespace {

constexpr std::int64_t base_us = 1'800'000'000'000'000;

Record record(EntityType type, const std::string& id, std::uint64_t seq,
              const std::string& content) {
  Record made;
  made.type = type;
  made.id = id;
  made.rev = {Epoch{1}, Version{seq + 1}};
  made.seq = Seq{seq};
  made.committed = CommitTime{base_us + static_cast<std::int64_t>(seq)};
  made.content = content;
  made.deleted = content.empty();
  return made;
}

Json view(const Changes& page, CommitTime until = {}) {
  return json_of(download_view({.page = page, .next = {page.to, {}}, .until = until}).dump());
}

TEST(DownloadView, HasAnArrayForEveryTypeEvenWhenThereIsNothing) {
  const Json json = view({});
  for (const EntitySpec& spec : registry()) EXPECT_EQ(at(json, spec.plural), Json::array());
  EXPECT_EQ(at(json, "deleted"), Json::array());
  EXPECT_EQ(at(json, "has_more"), Json(false));
  EXPECT_TRUE(at(json, "next_cursor").is_string());
}

TEST(DownloadView, GivesEachRecordWithItsFieldsAndWhatTheServerKnows) {
  const Json json = view({.changes = {record(EntityType::saved_query, "q-1", 3,
                                             R"({"name":"Orders","tags":["a"]})")}});
  EXPECT_EQ(at(json, "saved_queries.0"),
            json_of(R"({"id":"q-1","name":"Orders","sync_version":4,"tags":["a"],
                        "updated_at":"2027-01-15T08:00:00.000003Z"})"));
}

TEST(DownloadView, GivesARecordWithoutFieldsToo) {
  const Json json = view({.changes = {record(EntityType::preference, "p", 1, "{}")}});
  EXPECT_EQ(at(json, "preferences.0.id"), Json("p"));
}

TEST(DownloadView, ListsDeletesApart) {
  const Json json = view({.changes = {record(EntityType::connection, "c-1", 5, "")}});
  EXPECT_EQ(at(json, "connections"), Json::array());
  EXPECT_EQ(at(json, "deleted.0"),
            json_of(R"({"item_type":"connection","item_id":"c-1","sync_version":6,
                        "deleted_at":"2027-01-15T08:00:00.000005Z"})"));
}

TEST(DownloadView, SaysWhereItEndsAsATime) {
  EXPECT_EQ(at(view({}, CommitTime{base_us + 9}), "sync_timestamp"),
            Json("2027-01-15T08:00:00.000009Z"));
  EXPECT_EQ(at(view({}), "sync_timestamp"), Json("1970-01-01T00:00:00.000000Z"));
}

TEST(DownloadView, LeavesConflictsOutButPassesThem) {
  const Cursor to{Epoch{1}, Seq{2}, {}};
  const Json json =
      view({.to = to,
            .changes = {record(EntityType::preference, "a", 1, "{}"),
                        record(EntityType::conflict, "c-1", 2, R"({"status":"open"})")},
            .has_more = true});
  EXPECT_EQ(at(json, "preferences").items().size(), 1U);
  EXPECT_EQ(json.find("conflicts"), nullptr);
  EXPECT_EQ(at(json, "next_cursor"), Json(to_string(to)));
  EXPECT_EQ(at(json, "has_more"), Json(true));
}

}  // namespace
}  // namespace studiosync::server
