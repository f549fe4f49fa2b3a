#include "core/schema/ddl.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <fstream>
#include <memory>
#include <sstream>
#include <string>

namespace studiosync {
namespace {

// An SQLite database in memory that answers with the rows of a query as text: cells split by `|`,
// rows by a line break, NULL as `-`.
class Database {
 public:
  Database() {
    sqlite3* opened = nullptr;
    EXPECT_EQ(sqlite3_open(":memory:", &opened), SQLITE_OK);
    db_.reset(opened);
  }

  std::string run(const std::string& sql) {
    std::string rows;
    char* message = nullptr;
    sqlite3_exec(db_.get(), sql.c_str(), append_row, &rows, &message);
    if (message != nullptr) rows = std::string("error: ") + message;
    sqlite3_free(message);
    return rows;
  }

 private:
  struct Close {
    void operator()(sqlite3* db) const { sqlite3_close(db); }
  };

  static int append_row(void* rows, int count, char** values, char**) {
    auto& text = *static_cast<std::string*>(rows);
    if (!text.empty()) text += "\n";
    for (int i = 0; i < count; ++i) {
      text.append(i == 0 ? "" : "|").append(values[i] == nullptr ? "-" : values[i]);
    }
    return 0;
  }

  std::unique_ptr<sqlite3, Close> db_;
};

std::string device_tables_ddl() {
  std::string ddl;
  for (const EntitySpec& spec : registry()) ddl += device_table_ddl(spec);
  return ddl + device_table_ddl(stored_spec(EntityType::conflict));
}

Database device() {
  Database db;
  EXPECT_EQ(db.run(device_tables_ddl()), "");
  return db;
}

Database server() {
  Database db;
  EXPECT_EQ(
      db.run("CREATE TABLE log(key INTEGER PRIMARY KEY, type INTEGER, id TEXT, deleted INTEGER,"
             " version INTEGER, committed_at INTEGER, content TEXT)"),
      "");
  EXPECT_EQ(db.run(server_view_ddl()), "");
  return db;
}

TEST(DeviceDdl, LoadsTwice) {
  Database db = device();
  EXPECT_EQ(db.run(device_tables_ddl()), "");
}

TEST(DeviceDdl, MakesOneStrictTableAType) {
  Database db = device();
  EXPECT_EQ(db.run("SELECT name FROM pragma_table_list WHERE strict ORDER BY name"),
            "ai_memory_messages\nai_memory_sessions\nconnection_templates\nquery_history\n"
            "saved_queries\nsync_conflicts_archive\nuser_preferences");
}

TEST(DeviceDdl, GivesEveryFieldAndEveryStoredColumnAColumnOfItsOwn) {
  Database db = device();
  for (const EntitySpec& spec : registry()) {
    const std::string table(spec.table);
    EXPECT_EQ(db.run("SELECT count(*) FROM pragma_table_xinfo('" + table + "')"),
              std::to_string(device_columns.size() + spec.fields.size()));
    for (const FieldSpec& field : spec.fields) {
      EXPECT_EQ(db.run("SELECT hidden FROM pragma_table_xinfo('" + table + "') WHERE name = '" +
                       device_column_name(field) + "'"),
                "2")  // generated, not stored
          << table << "." << field.name;
    }
  }
}

TEST(DeviceDdl, ReadsFieldsOutOfTheContent) {
  Database db = device();
  db.run(R"(INSERT INTO connection_templates(id, content) VALUES('c1',
            '{"environment_tags":["a"],"name":"Main","port":5432,"use_ssh":true}'))");
  EXPECT_EQ(db.run("SELECT name, port, use_ssh, environment_tags, host FROM connection_templates"),
            R"(Main|5432|1|["a"]|-)");
}

TEST(DeviceDdl, KeepsTheKindOfAFreeJsonValue) {
  Database db = device();
  db.run(R"(INSERT INTO user_preferences(id, content) VALUES
            ('a', '{"key":"a","value":"5"}'), ('b', '{"key":"b","value":5}'))");
  EXPECT_EQ(db.run("SELECT value FROM user_preferences ORDER BY id"), "\"5\"\n5");
}

TEST(DeviceDdl, ReadsNothingWhereNothingIsVisible) {
  Database db = device();
  EXPECT_EQ(db.run("INSERT INTO saved_queries(id, content, shadow_deleted) VALUES('q', '', 1)"),
            "");
  EXPECT_EQ(db.run("SELECT name, tags FROM saved_queries"), "-|-");
}

TEST(DeviceDdl, KeepsFieldsApartFromStoredColumnsOfTheSameName) {
  Database db = device();
  db.run(R"(INSERT INTO ai_memory_messages(id, content) VALUES('m', '{"content":"hello"}'))");
  EXPECT_EQ(db.run("SELECT content, data_content FROM ai_memory_messages"),
            R"({"content":"hello"}|hello)");
}

TEST(DeviceDdl, RefusesASecondRowForOneId) {
  Database db = device();
  db.run("INSERT INTO saved_queries(id, content) VALUES('q', '{}')");
  EXPECT_NE(db.run("INSERT INTO saved_queries(id, content) VALUES('q', '{}')").find("UNIQUE"),
            std::string::npos);
}

TEST(DeviceDdl, FindsPendingEditsByTheirOwnIndex) {
  Database db = device();
  const std::string plan = db.run(
      "EXPLAIN QUERY PLAN SELECT id FROM saved_queries WHERE edit IS NOT NULL AND in_flight IS NULL"
      " ORDER BY edit_queued_at");
  EXPECT_NE(plan.find("saved_queries_by_pending_edit"), std::string::npos) << plan;
  EXPECT_EQ(plan.find("TEMP B-TREE"), std::string::npos) << plan;
}

TEST(DeviceDdl, FindsMessagesOfASessionByIndex) {
  Database db = device();
  const std::string plan =
      db.run("EXPLAIN QUERY PLAN SELECT id FROM ai_memory_messages WHERE session_id = 's'");
  EXPECT_NE(plan.find("ai_memory_messages_by_session_id"), std::string::npos) << plan;
}

TEST(ServerViews, LoadTwice) {
  Database db = server();
  EXPECT_EQ(db.run(server_view_ddl()), "");
}

TEST(ServerViews, ShowLiveRecordsOfTheirTypeWithTheirUser) {
  Database db = server();
  db.run(R"(INSERT INTO log VALUES
      ((7 << 40) | 1, 3, 'q1', 0, 4, 1769860800000005, '{"favorite":true,"name":"A","query":"q"}'),
      ((7 << 40) | 2, 3, 'q2', 1, 2, 1769860800000006, ''),
      ((8 << 40) | 1, 1, 'q1', 0, 1, 1769860800000007, '{"name":"B","type":"mysql"}'))");
  EXPECT_EQ(
      db.run("SELECT \"user\", id, name, favorite, sync_version, updated_at FROM saved_queries"),
      "7|q1|A|1|4|2026-01-31T12:00:00.000005Z");
  EXPECT_EQ(db.run("SELECT \"user\", id, type FROM connection_templates"), "8|q1|mysql");
}

TEST(ServerViews, CannotBeWrittenTo) {
  Database db = server();
  EXPECT_NE(db.run("DELETE FROM saved_queries").find("cannot modify"), std::string::npos);
}

TEST(RegistryMarkdown, IsWhatTheDocumentationHolds) {
  std::ifstream file(STUDIOSYNC_SOURCE "/docs/ENTITIES.md", std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  EXPECT_EQ(text.str(), registry_markdown());
}

}  // namespace
}  // namespace studiosync
