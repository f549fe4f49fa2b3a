#include "core/schema/sample_sql.hpp"

#include <algorithm>

#include "core/schema/sample_words.hpp"

namespace studiosync::sample {
namespace {

// The few places where dialects differ in everyday queries.
class Dialect {
 public:
  explicit Dialect(std::string_view database) : database_(database) {}

  std::string name(std::string_view identifier) const {
    if (database_ == "mysql") return std::string("`").append(identifier).append("`");
    if (database_ == "mssql") return std::string("[").append(identifier).append("]");
    return std::string(identifier);
  }

  std::string days_ago(std::int64_t days) const {
    const std::string n = std::to_string(days);
    if (database_ == "postgres") return "now() - interval '" + n + " days'";
    if (database_ == "mysql") return "NOW() - INTERVAL " + n + " DAY";
    if (database_ == "mssql") return "DATEADD(day, -" + n + ", SYSUTCDATETIME())";
    if (database_ == "oracle") return "SYSDATE - " + n;
    return "datetime('now', '-" + n + " days')";
  }

  std::string month(const std::string& column) const {
    if (database_ == "postgres") return "date_trunc('month', " + column + ")";
    if (database_ == "mysql") return "DATE_FORMAT(" + column + ", '%Y-%m')";
    if (database_ == "mssql") return "DATETRUNC(month, " + column + ")";
    if (database_ == "oracle") return "TRUNC(" + column + ", 'MM')";
    return "strftime('%Y-%m', " + column + ")";
  }

  std::string first_rows(std::int64_t rows) const {
    const std::string n = std::to_string(rows);
    if (database_ == "mssql") return "\nOFFSET 0 ROWS FETCH NEXT " + n + " ROWS ONLY";
    if (database_ == "oracle") return "\nFETCH FIRST " + n + " ROWS ONLY";
    return "\nLIMIT " + n;
  }

  std::string parameter(int number) const {
    if (database_ == "postgres") return "$" + std::to_string(number);
    if (database_ == "mssql") return "@p" + std::to_string(number);
    if (database_ == "oracle") return ":" + std::to_string(number);
    return "?";
  }

 private:
  std::string_view database_;
};

std::string literal(std::string_view text) {
  std::string sql = "'";
  for (const char c : text) sql.append(c == '\'' ? 2 : 1, c);
  return sql.append("'");
}

std::string column(const Table& table, std::string_view name) {
  return std::string(table.alias).append(".").append(name);
}

std::string condition(Random& random, const Dialect& dialect, const Table& table) {
  const std::string status = column(table, "status");
  switch (random.below(3)) {
    case 0:
      return status + " = " + literal(pick(random, table.statuses));
    case 1:
      return column(table, table.time_column) + " >= " + dialect.days_ago(between(random, 1, 90));
    default:
      return status + " IN (" + literal(table.statuses[0]) + ", " + literal(table.statuses[1]) +
             ")";
  }
}

std::string select_rows(Random& random, const Dialect& dialect, const Table& table) {
  std::string sql = "SELECT " + column(table, "id");
  for (const std::string_view name : table.columns) {
    if (chance(random, 70)) sql += ", " + column(table, name);
  }
  sql += "\nFROM " + dialect.name(table.name) + " " + std::string(table.alias);
  sql += "\nWHERE " + condition(random, dialect, table);
  if (chance(random, 40)) sql += "\n  AND " + column(table, "id") + " > " + dialect.parameter(1);
  sql += "\nORDER BY " + column(table, table.time_column) + " DESC";
  return sql + dialect.first_rows(between(random, 1, 20) * 50);
}

std::string monthly_totals(Random& random, const Dialect& dialect, const Table& table) {
  const std::string month = dialect.month(column(table, table.time_column));
  const std::string number = column(table, table.number_column);
  std::string sql = "  SELECT " + month + " AS month, " + column(table, "status") + ",\n";
  sql +=
      "         COUNT(*) AS row_count, SUM(" + number + ") AS total, AVG(" + number + ") AS mean\n";
  sql += "  FROM " + dialect.name(table.name) + " " + std::string(table.alias) + "\n";
  sql += "  WHERE " + condition(random, dialect, table) + "\n";
  return sql + "  GROUP BY " + month + ", " + column(table, "status");
}

// Common table expressions until the size is reached, then one SELECT over all of them.
std::string report(Random& random, const Dialect& dialect, std::size_t bytes) {
  std::string sql = "-- " + std::string(pick(random, topics())) + "\nWITH ";
  std::string joins;
  int parts = 0;
  do {
    const Table& table = pick(random, tables());
    const std::string name = std::string(table.name) + "_" + std::to_string(++parts);
    sql += (parts > 1 ? ",\n" : "") + name + " AS (\n";
    sql += monthly_totals(random, dialect, table) + "\n)";
    joins += parts == 1 ? "\nFROM " + name : "\nLEFT JOIN " + name + " USING (month, status)";
  } while (sql.size() + joins.size() + 120 < bytes);
  sql += "\nSELECT month, status, row_count, total, mean" + joins;
  return sql + "\nORDER BY month DESC, total DESC" + dialect.first_rows(100);
}

std::string insert_rows(Random& random, const Dialect& dialect, std::size_t bytes) {
  const Table& table = pick(random, tables());
  std::string sql = "INSERT INTO " + dialect.name(table.name) + " (id, status, ";
  sql.append(table.number_column).append(") VALUES");
  std::int64_t id = between(random, 10'000, 900'000);
  do {
    if (sql.back() == ')') sql += ",";
    sql += "\n  (" + std::to_string(id++) + ", " + literal(pick(random, table.statuses)) + ", ";
    sql += std::to_string(between(random, 1, 5000));
    sql += "." + std::to_string(between(random, 10, 99)) + ")";
  } while (sql.size() < bytes);
  return sql + ";";
}

std::string change_rows(Random& random, const Dialect& dialect) {
  const Table& table = pick(random, tables());
  const std::string id = std::to_string(between(random, 1, 90'000));
  if (chance(random, 20))
    return "DELETE FROM " + dialect.name(table.name) + " WHERE id = " + id + ";";
  return "UPDATE " + dialect.name(table.name) +
         "\nSET status = " + literal(pick(random, table.statuses)) + "\nWHERE id = " + id + ";";
}

std::string pipeline(Random& random, std::size_t bytes) {
  const Table& table = pick(random, tables());
  std::string text = "db." + std::string(table.name) + ".aggregate([";
  do {
    text.append("\n  { $match: { status: \"").append(pick(random, table.statuses)).append("\", ");
    text.append(table.number_column).append(": { $gte: ");
    text.append(std::to_string(between(random, 1, 500))).append(" } } },\n  { $group: { _id: \"$");
    text.append(pick(random, table.columns)).append("\", total: { $sum: \"$");
    text.append(table.number_column).append("\" }, n: { $sum: 1 } } },");
  } while (text.size() + 60 < bytes);
  return text + "\n  { $sort: { total: -1 } },\n  { $limit: 50 }\n])";
}

}  // namespace

std::string query(Random& random, std::string_view database, std::size_t bytes) {
  if (database == "mongodb") return pipeline(random, bytes);
  const Dialect dialect(database);
  const std::uint64_t shape = random.below(100);
  if (shape < 60) return report(random, dialect, bytes);
  if (shape < 75) return insert_rows(random, dialect, bytes);
  if (shape < 85) return change_rows(random, dialect);
  return select_rows(random, dialect, pick(random, tables()));
}

}  // namespace studiosync::sample
