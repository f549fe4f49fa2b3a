#include "e2e/crash/unsafe_store.hpp"

#include <sqlite3.h>

#include <string_view>

namespace studiosync::e2e {

namespace {

int ignore_synchronous(void*, int action, const char* pragma, const char* value, const char*,
                       const char*) {
  const bool raises = action == SQLITE_PRAGMA && value && std::string_view(pragma) == "synchronous";
  return raises ? SQLITE_IGNORE : SQLITE_OK;
}

int switch_off(sqlite3* db, char**, const sqlite3_api_routines*) {
  sqlite3_exec(db, "PRAGMA synchronous = OFF", nullptr, nullptr, nullptr);
  return sqlite3_set_authorizer(db, ignore_synchronous, nullptr);
}

// SQLite takes extensions of every signature under one type.
void (*extension())() {
  return reinterpret_cast<void (*)()>(switch_off);
}

}  // namespace

UnsafeStore::UnsafeStore() {
  sqlite3_auto_extension(extension());
}

UnsafeStore::~UnsafeStore() {
  sqlite3_cancel_auto_extension(extension());
}

}  // namespace studiosync::e2e
