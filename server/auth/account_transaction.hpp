// What the parts of AccountStore share: exclusive use of the connection, and its errors as callers
// know them.
#pragma once

#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/result.hpp"
#include "sqlite/database.hpp"

namespace studiosync::server {

// SQLite's reason stays inside: it names tables and files, which are nobody's business outside.
inline Error outward(const Error& error) {
  const bool locked = error.code == ErrorCode::store_locked;
  return {.code = locked ? ErrorCode::service_unavailable : ErrorCode::server_error,
          .message = "the account database did not answer",
          .effect = error.effect};
}

inline Result<> outward(Result<> result) {
  if (!result) return Unexpected(outward(result.error()));
  return result;
}

// Outlives every statement of one call. Without begin() each statement is a transaction of its own.
class AccountAccess {
 public:
  AccountAccess(std::mutex& mutex, sqlite::Database& db) : lock_(mutex), db_(db) {}
  ~AccountAccess() { db_.rollback(); }  // of a call that returned early
  AccountAccess(const AccountAccess&) = delete;
  AccountAccess& operator=(const AccountAccess&) = delete;

  sqlite::Statement prepare(std::string_view sql) { return db_.prepare(sql); }
  std::int64_t changes() const noexcept { return db_.changes(); }

  Result<> begin() { return outward(db_.begin(sqlite::Begin::immediate)); }
  // The outcome of all statements since begin(), or of those without it.
  Result<> finish() { return outward(db_.in_transaction() ? db_.commit() : db_.take_error()); }
  // That the last statement changed no row, unless it failed.
  Unexpected nothing_changed(ErrorCode code, std::string message) const {
    if (db_.error()) return Unexpected(outward(*db_.error()));
    return fail(code, std::move(message));
  }
  Unexpected not_found(std::string message) const {
    return nothing_changed(ErrorCode::not_found, std::move(message));
  }

 private:
  const std::lock_guard<std::mutex> lock_;
  sqlite::Database& db_;
};

}  // namespace studiosync::server
