#include "sqlite/statement.hpp"

#include <sqlite3.h>

#include "core/base/check.hpp"
#include "sqlite/database.hpp"

namespace studiosync::sqlite {

namespace {

sqlite3_destructor_type ownership(bool copies) noexcept {
  return copies ? SQLITE_TRANSIENT : SQLITE_STATIC;
}

}  // namespace

Statement::Statement(Statement&& other) noexcept
    : db_(other.db_),
      statement_(std::exchange(other.statement_, nullptr)),
      stepped_(std::exchange(other.stepped_, false)),
      holds_copies_(std::exchange(other.holds_copies_, false)),
      busy_(std::exchange(other.busy_, nullptr)) {}

Statement::~Statement() {
  if (!busy_) {
    sqlite3_finalize(statement_);
    return;
  }
  rewind();
  // A kept statement must not hold on to a large value; what it was lent it never looks at again.
  if (holds_copies_) sqlite3_clear_bindings(statement_);
  *busy_ = false;
}

void Statement::rewind() {
  if (std::exchange(stepped_, false)) sqlite3_reset(statement_);
}

void Statement::check(int code) {
  // A wrong parameter number or a step after a failed one would be ours; the machine can only run
  // out of memory or exceed SQLite's length limit here.
  SS_CHECK(code != SQLITE_RANGE && code != SQLITE_MISUSE);
  if (code != SQLITE_OK) db_.statement_failed(code);
}

bool Statement::step() {
  if (!statement_ || db_.error_) return false;
  stepped_ = true;
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  // Reset at once: a finished reader must not keep its snapshot until the end of the scope.
  if (code != SQLITE_DONE) db_.statement_failed(code);
  rewind();
  return false;
}

bool Statement::run() {
  while (step()) {
  }
  return statement_ && !db_.error_;
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}

double Statement::real(int column) const {
  return sqlite3_column_double(statement_, column);
}

// SQLite answers NULL when it cannot make room for a value.
void Statement::check_memory() const {
  if (sqlite3_errcode(db_.db_) == SQLITE_NOMEM) db_.statement_failed(SQLITE_NOMEM);
}

std::string_view Statement::text(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  if (!bytes) check_memory();
  if (!bytes) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

Blob Statement::blob(int column) const {
  const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
  if (!bytes) check_memory();
  if (!bytes) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

int Statement::columns() const {
  return sqlite3_column_count(statement_);
}

void Statement::bind_integer(int index, std::int64_t value) {
  if (statement_) check(sqlite3_bind_int64(statement_, index, value));
}

void Statement::bind_real(int index, double value) {
  if (statement_) check(sqlite3_bind_double(statement_, index, value));
}

// A null pointer would bind NULL: an empty text is not that.
void Statement::bind_text(int index, std::string_view value) {
  if (!statement_) return;
  const char* bytes = value.data() ? value.data() : "";
  check(
      sqlite3_bind_text64(statement_, index, bytes, value.size(), ownership(copies_), SQLITE_UTF8));
}

void Statement::bind_blob(int index, Blob value) {
  if (!statement_) return;
  if (value.empty()) return check(sqlite3_bind_zeroblob(statement_, index, 0));
  check(sqlite3_bind_blob64(statement_, index, value.data(), value.size(), ownership(copies_)));
}

void Statement::bind_null(int index) {
  if (statement_) check(sqlite3_bind_null(statement_, index));
}

}  // namespace studiosync::sqlite
