#include "tests/support/damage/damaged_page.hpp"

#include <fstream>

#include "core/base/check.hpp"
#include "sqlite/database.hpp"

namespace studiosync {
namespace {

constexpr std::int64_t page_bytes = 4096;

// Closed again, so that the page is in the file and not in the log.
std::int64_t first_page(const std::string& database, const std::string& table) {
  auto db = sqlite::Database::open(database, {.create = false});
  SS_CHECK(db.has_value());
  auto row = (*db)->prepare("SELECT rootpage FROM sqlite_schema WHERE name = ?");
  SS_CHECK(row.bind(table).step());
  return row.integer(0);
}

}  // namespace

void damage(const std::string& database, const std::string& table) {
  const std::int64_t page = first_page(database, table);
  std::fstream file(database, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp((page - 1) * page_bytes);
  file << std::string(page_bytes, '\xFF');
  SS_CHECK(file.flush().good());
}

}  // namespace studiosync
