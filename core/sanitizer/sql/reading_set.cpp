#include "core/sanitizer/sql/reading_set.hpp"

#include <array>

namespace studiosync {
namespace {

using Readings = std::array<const SqlReading*, sql_readings_max>;

const Readings& readings() noexcept {
  static const Readings all{&SqlReading::standard(),   &SqlReading::mysql(),
                            &SqlReading::sql_server(), &SqlReading::oracle(),
                            &SqlReading::sqlite(),     &SqlReading::snowflake(),
                            &SqlReading::clickhouse(), &SqlReading::bigquery()};
  return all;
}

// The marks at which two of the readings may part, by their numbers.
using MarkTable = std::array<std::array<SqlMarks, sql_readings_max>, sql_readings_max>;

const MarkTable& mark_table() noexcept {
  static const MarkTable built = [] {
    MarkTable table{};
    for (std::size_t left = 0; left < sql_readings_max; ++left) {
      for (std::size_t right = 0; right < sql_readings_max; ++right) {
        table[left][right] = marks_between(reading_at(left), reading_at(right));
      }
    }
    return table;
  }();
  return built;
}

}  // namespace

const SqlReading& reading_at(std::size_t number) noexcept {
  return *readings()[number];
}

SqlMarks marks_of_readings() noexcept {
  static const SqlMarks all = [] {
    SqlMarks marks = 0;
    for (const auto& row : mark_table()) {
      for (const SqlMarks between : row) marks = static_cast<SqlMarks>(marks | between);
    }
    return marks;
  }();
  return all;
}

ReadingSet parted_at(std::string_view text, const LedToken& led, std::size_t leader,
                     ReadingSet followers) {
  ReadingSet parted;
  const MarkTable& marks = mark_table();
  // Near these marks most readings are alike: one of each kind is asked.
  for (ReadingSet rest = followers; !rest.empty();) {
    const std::size_t asked = rest.first();
    const bool alike =
        (marks[leader][asked] & led.near) == 0 ||
        SqlLexer::token_at(text, led.token.begin, reading_at(asked), led.executed) == led.token;
    for (std::size_t at = asked; at < sql_readings_max; at = rest.next(at)) {
      if ((marks[asked][at] & led.near) != 0) continue;
      rest.remove(at);
      if (!alike) parted.add(at);
    }
  }
  return parted;
}

}  // namespace studiosync
