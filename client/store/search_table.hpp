// The full-text index over one type's records: an FTS5 table beside the record table.
//
// A row trigger would write the index once a row. Instead, the rows that a transaction changes are
// noted with the text that is indexed of them, and one statement takes out the old and puts in the
// new text when the transaction ends: several times the rows a second while pulling.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/schema/registry.hpp"
#include "sqlite/database.hpp"

namespace studiosync::client {

struct SearchHit {
  EntityType type{};
  std::string id;
  std::string snippet;  // the words found are between `«` and `»`
  double rank = 0;      // smaller is better (bm25)
};

// The text fields that people write in; none for types that are not searched.
std::vector<std::string_view> searched_fields(const EntitySpec& spec);

// Makes one type's index over its record table, which must exist; empty for types that are not
// searched. An index that is there already is made anew.
std::string search_ddl(const EntitySpec& spec);
// Makes a connection's own table of the rows that a transaction changed; once, before a SearchTable
// writes.
std::string search_notes_ddl(const EntitySpec& spec);

// Works in the transaction of its caller. Errors stay in the database object, except where a Result
// is returned.
class SearchTable {
 public:
  SearchTable(sqlite::Database& db, const EntitySpec& spec);

  // The record in `row` is about to get this content, or to be removed (empty content).
  void before_change(std::int64_t row, std::string_view new_content);
  // The last INSERT of this connection made a record with this content.
  void after_insert(std::string_view content);
  // Brings the index up to date with the rows noted; before the commit.
  void flush();
  // The transaction was rolled back, and the noted rows with it.
  void forget() noexcept { noted_ = false; }

  // Best first. `query` is one that search_query() made.
  std::vector<SearchHit> search(std::string_view query, std::size_t limit);

  // An error when the index does not say what the records say. Needs the write lock.
  Result<> check();

 private:
  sqlite::Database& db_;
  EntityType type_;
  std::string note_change_;
  std::string note_insert_;
  std::string index_noted_;
  std::string clear_;
  std::string search_;
  std::string check_;
  bool noted_ = false;
};

}  // namespace studiosync::client
