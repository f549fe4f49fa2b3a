// What a database holds, boiled down to a few numbers that compare.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.hpp"

namespace studiosync::sqlite {
class Database;
}

namespace studiosync::e2e {

class CrashSubject;

// A number for each part of the content, see CrashSubject::parts().
using ContentMark = std::vector<std::uint64_t>;

// Reads what is committed, through a connection of its own. Marks compare within one process only.
class StateReader {
 public:
  static Result<StateReader> open(const CrashSubject& subject, const std::string& vfs);
  ~StateReader();
  StateReader(StateReader&&) noexcept;
  StateReader& operator=(StateReader&&) = delete;

  // Every byte of the database, as a reader sees it. The same transactions make the same bytes.
  Result<std::uint64_t> whole();
  // What the subject's content queries answer.
  Result<ContentMark> content();
  // SQLite's own examination; what it finds is the error.
  Result<> examine();
  // The first row of the first query that answers with one; empty: all parts agree.
  Result<std::string> disagreement();

 private:
  StateReader(const CrashSubject& subject, std::unique_ptr<sqlite::Database> db);
  std::uint64_t mark_of(std::size_t part);

  const CrashSubject* subject_;
  std::unique_ptr<sqlite::Database> db_;
};

struct StateMark {
  std::uint64_t whole = 0;
  ContentMark content{};
};

// The tables whose rows are plainly stored, in order of their names: no virtual ones.
std::vector<std::string> stored_tables(sqlite::Database& db);

}  // namespace studiosync::e2e
