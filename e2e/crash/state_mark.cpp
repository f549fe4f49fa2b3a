#include "e2e/crash/state_mark.hpp"

#include <sqlite3.h>

#include <functional>

#include "e2e/crash/subject.hpp"
#include "sqlite/database.hpp"

namespace studiosync::e2e {

namespace {

std::uint64_t mix(std::uint64_t into, std::uint64_t value) noexcept {
  std::uint64_t mixed = (into ^ value) * 0x9E37'79B9'7F4A'7C15U;
  return mixed ^ mixed >> 29;
}

// A NULL, a number and its text differ; so do two columns and their concatenation.
std::uint64_t mix_row(std::uint64_t mark, const sqlite::Statement& row, int columns) {
  for (int column = 0; column < columns; ++column) {
    mark = mix(mark, row.is_null(column) ? 1 : 2);
    mark = mix(mark, std::hash<std::string_view>{}(row.text(column)));
  }
  return mix(mark, 3);
}

std::uint64_t mix_query(std::uint64_t mark, sqlite::Database& db, const std::string& query) {
  auto rows = db.prepare(query);
  while (rows.step()) mark = mix_row(mark, rows, rows.columns());
  return mix(mark, 4);
}

}  // namespace

std::vector<std::string> stored_tables(sqlite::Database& db) {
  std::vector<std::string> names;
  auto rows = db.prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' "
      "ORDER BY name");
  while (rows.step()) names.push_back(rows.string(0));
  return names;
}

StateReader::StateReader(const CrashSubject& subject, std::unique_ptr<sqlite::Database> db)
    : subject_(&subject), db_(std::move(db)) {}
StateReader::StateReader(StateReader&&) noexcept = default;
StateReader::~StateReader() = default;

Result<StateReader> StateReader::open(const CrashSubject& subject, const std::string& vfs) {
  SS_ASSIGN(auto db, sqlite::Database::open(subject.file(),
                                            {.create = false, .read_only = true, .vfs = vfs}));
  return StateReader(subject, std::move(db));
}

std::uint64_t StateReader::mark_of(std::size_t part) {
  std::uint64_t mark = 0;
  for (const std::string& query : subject_->content_queries(*db_, part)) {
    mark = mix_query(mark, *db_, query);
  }
  return mark;
}

Result<std::uint64_t> StateReader::whole() {
  sqlite3_int64 size = 0;
  const std::unique_ptr<unsigned char, decltype(&sqlite3_free)> image(
      sqlite3_serialize(db_->handle(), "main", &size, 0), sqlite3_free);
  if (!image) return fail(ErrorCode::store_error, sqlite3_errmsg(db_->handle()));
  return std::hash<std::string_view>{}(
      {reinterpret_cast<const char*>(image.get()), static_cast<std::size_t>(size)});
}

Result<> StateReader::examine() {
  const auto findings = db_->integrity();
  if (!findings) return Unexpected(findings.error());
  return *findings == "ok" ? Result<>() : fail(ErrorCode::store_error, *findings);
}

Result<ContentMark> StateReader::content() {
  SS_ASSIGN(auto moment, sqlite::Transaction::begin(*db_, sqlite::Begin::deferred));
  ContentMark marks;
  for (std::size_t part = 0; part < subject_->parts(); ++part) marks.push_back(mark_of(part));
  SS_TRY(moment.commit());
  return marks;
}

Result<std::string> StateReader::disagreement() {
  for (const std::string& query : subject_->disagreements()) {
    auto row = db_->prepare(query);
    if (row.step()) return row.string(0);
  }
  SS_TRY(db_->take_error());
  return std::string();
}

}  // namespace studiosync::e2e
