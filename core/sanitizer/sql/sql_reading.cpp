#include "core/sanitizer/sql/sql_reading.hpp"

namespace studiosync {

namespace {

constexpr SqlReading standard_reading{.nested_comments = true, .dollar_quotes = true};

constexpr SqlReading mysql_reading{.backslash_escapes = true,
                                   .hash_comments = true,
                                   .dashes_need_space = true,
                                   .double_quoted_text = true,
                                   .executed_comments = true};

constexpr SqlReading sql_server_reading{.nested_comments = true, .bracket_names = true};

// No dollar quotes: $$PLSQL_LINE is an inquiry directive.
constexpr SqlReading oracle_reading{.q_quotes = true, .client_lines = true};

constexpr SqlReading sqlite_reading{.bracket_names = true};

constexpr SqlReading snowflake_reading{
    .backslash_escapes = true, .slash_comments = true, .dollar_quotes = true};

constexpr SqlReading clickhouse_reading{.backslash_escapes = true,
                                        .backslash_names = true,
                                        .hash_comments = true,
                                        .nested_comments = true,
                                        .dollar_quotes = true,
                                        .curly_quotes = true};

constexpr SqlReading bigquery_reading{.backslash_escapes = true,
                                      .backslash_names = true,
                                      .hash_comments = true,
                                      .double_quoted_text = true,
                                      .triple_quotes = true};

}  // namespace

const SqlReading& SqlReading::standard() noexcept {
  return standard_reading;
}

const SqlReading& SqlReading::mysql() noexcept {
  return mysql_reading;
}

const SqlReading& SqlReading::sql_server() noexcept {
  return sql_server_reading;
}

const SqlReading& SqlReading::oracle() noexcept {
  return oracle_reading;
}

const SqlReading& SqlReading::sqlite() noexcept {
  return sqlite_reading;
}

const SqlReading& SqlReading::snowflake() noexcept {
  return snowflake_reading;
}

const SqlReading& SqlReading::clickhouse() noexcept {
  return clickhouse_reading;
}

const SqlReading& SqlReading::bigquery() noexcept {
  return bigquery_reading;
}

}  // namespace studiosync
