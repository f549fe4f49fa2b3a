#include "client/store/search_table.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/schema/ddl.hpp"
#include "core/schema/sql_text.hpp"

namespace studiosync::client {

namespace {

const FieldSpec& field_of(const EntitySpec& spec, std::string_view name) {
  return *find_field(spec, name);
}

// A pattern with `{table}`, `{fields}` (", name, …") and `{values}` (the fields read from a column
// `content`) filled in. Table and field names are ours: plain identifiers.
std::string filled(std::string_view pattern, const EntitySpec& spec) {
  std::string fields;
  std::string values;
  for (const std::string_view name : searched_fields(spec)) {
    fields.append(", ").append(name);
    values.append(", ").append(field_expression(field_of(spec, name), "content"));
  }
  const std::array<std::pair<std::string_view, std::string_view>, 3> parts{
      {{"{table}", spec.table}, {"{fields}", fields}, {"{values}", values}}};
  std::string sql(pattern);
  for (const auto& [mark, text] : parts) {
    for (std::size_t at = sql.find(mark); at != std::string::npos; at = sql.find(mark, at)) {
      sql.replace(at, mark.size(), text);
      at += text.size();
    }
  }
  return sql;
}

// Indexed are the records with visible content only: the view leaves out the others, and
// so FTS5's integrity check compares the index with exactly what must be in it.
constexpr std::string_view index_pattern = R"sql(
DROP TABLE IF EXISTS {table}_fts;
DROP VIEW IF EXISTS {table}_text;
CREATE VIEW {table}_text(row{fields}) AS SELECT row{values} FROM {table} WHERE content <> '';
CREATE VIRTUAL TABLE {table}_fts USING fts5(
  content='{table}_text', content_rowid='row', tokenize='unicode61 remove_diacritics 2'{fields});
INSERT INTO {table}_fts({table}_fts) VALUES ('rebuild');
)sql";

constexpr std::string_view notes_pattern =
    "CREATE TEMP TABLE IF NOT EXISTS {table}_noted(row INTEGER PRIMARY KEY, content TEXT NOT "
    "NULL);";

// What was indexed of a row before the transaction is what the first note of it says; the content
// stays out of the index while it is the same.
constexpr std::string_view note_change_pattern =
    "INSERT OR IGNORE INTO temp.{table}_noted"
    " SELECT row, content FROM {table} WHERE row = ? AND content <> ?";
constexpr std::string_view note_insert_pattern =
    "INSERT OR IGNORE INTO temp.{table}_noted VALUES (last_insert_rowid(), '')";

// An external-content index is told what to forget, then what is there instead. In one statement
// and row by row: FTS5 writes a segment at every statement's savepoint and whenever row numbers go
// back, and merging segments is most of its work.
constexpr std::string_view index_noted_pattern =
    "INSERT INTO {table}_fts({table}_fts, rowid{fields})"
    " SELECT 'delete', row{values} FROM temp.{table}_noted WHERE content <> ''"
    " UNION ALL SELECT NULL, noted.row{fields} FROM (SELECT row FROM temp.{table}_noted) AS noted"
    " CROSS JOIN {table}_text AS text ON text.row = noted.row ORDER BY 2, 1 DESC";
constexpr std::string_view clear_pattern = "DELETE FROM temp.{table}_noted";

constexpr std::string_view search_pattern =
    "SELECT {table}.id, snippet({table}_fts, -1, '«', '»', '…', 16), {table}_fts.rank"
    " FROM {table}_fts JOIN {table} ON {table}.row = {table}_fts.rowid"
    " WHERE {table}_fts MATCH ? ORDER BY {table}_fts.rank LIMIT ?";

constexpr std::string_view check_pattern =
    "INSERT INTO {table}_fts({table}_fts, rank) VALUES ('integrity-check', 1)";

bool searched(EntityType type) noexcept {
  return type == EntityType::saved_query || type == EntityType::query_history ||
         type == EntityType::ai_message;
}

bool written_by_people(const FieldSpec& field) noexcept {
  return (field.kind == Kind::text || field.kind == Kind::tags) &&
         (field.sanitize == SanitizeRule::sql || field.sanitize == SanitizeRule::free_text);
}

}  // namespace

std::vector<std::string_view> searched_fields(const EntitySpec& spec) {
  std::vector<std::string_view> names;
  if (!searched(spec.type)) return names;
  for (const FieldSpec& field : spec.fields) {
    if (written_by_people(field)) names.push_back(field.name);
  }
  return names;
}

std::string search_ddl(const EntitySpec& spec) {
  return searched(spec.type) ? filled(index_pattern, spec) : std::string();
}

std::string search_notes_ddl(const EntitySpec& spec) {
  return searched(spec.type) ? filled(notes_pattern, spec) : std::string();
}

SearchTable::SearchTable(sqlite::Database& db, const EntitySpec& spec)
    : db_(db),
      type_(spec.type),
      note_change_(filled(note_change_pattern, spec)),
      note_insert_(filled(note_insert_pattern, spec)),
      index_noted_(filled(index_noted_pattern, spec)),
      clear_(filled(clear_pattern, spec)),
      search_(filled(search_pattern, spec)),
      check_(filled(check_pattern, spec)) {}

void SearchTable::before_change(std::int64_t row, std::string_view new_content) {
  db_.prepare(note_change_).bind(row, new_content).run();
  noted_ = true;
}

void SearchTable::after_insert(std::string_view content) {
  if (content.empty()) return;
  db_.prepare(note_insert_).run();
  noted_ = true;
}

void SearchTable::flush() {
  if (!noted_) return;
  for (const std::string& statement : {index_noted_, clear_}) db_.prepare(statement).run();
  noted_ = false;
}

std::vector<SearchHit> SearchTable::search(std::string_view query, std::size_t limit) {
  std::vector<SearchHit> hits;
  auto rows = db_.prepare(search_);
  for (rows.bind(query, limit); rows.step();) {
    hits.push_back({type_, rows.string(0), rows.string(1), rows.real(2)});
  }
  return hits;
}

Result<> SearchTable::check() {
  return db_.run(check_);
}

}  // namespace studiosync::client
