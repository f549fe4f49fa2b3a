#include "bench/sanitizer_texts.hpp"

#include <fstream>

#include "core/base/check.hpp"
#include "core/base/json.hpp"

namespace studiosync::bench {
namespace {

std::string repeated(std::string_view unit, std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += unit;
  return text;
}

template <class Take>
std::string lines_of(const char* file, Take take) {
  std::ifstream in(std::string(STUDIOSYNC_FIXTURES) + file);
  SS_CHECK(in.good());
  std::string text;
  for (std::string line; std::getline(in, line);) {
    const auto json = parse_json(line);
    SS_CHECK(json.has_value());
    if (const Json* one = take(*json)) text += one->as_string() + ";\n";
  }
  return text;
}

}  // namespace

std::string ordinary_sql(std::size_t bytes) {
  return repeated(lines_of("/data/plausible_user.jsonl",
                           [](const Json& row) { return row.find("data")->find("query"); }),
                  bytes);
}

std::string suspicious_sql(std::size_t bytes) {
  return repeated(lines_of("/sanitizer/negatives.jsonl",
                           [](const Json& row) -> const Json* {
                             const bool sql = row.find("as")->as_string() == "sql";
                             return sql ? row.find("text") : nullptr;
                           }),
                  bytes);
}

std::vector<NamedText> worst_texts(std::size_t bytes) {
  std::vector<NamedText> texts;
  for (const auto& [name, unit] : std::initializer_list<std::pair<const char*, std::string_view>>{
           {"assignments_found", "pwd=aB3dE6;"},
           {"clauses_found", "ALTER USER u PASSWORD 'aB3dE6gH';"},
           {"names_only", "password=password="},
           {"words_without_end", "password"},
           {"jwt_heads", "eyJ"},
           {"schemes", "a://"},
           {"userinfo", "a://b:c"},
           {"quotes", "'"},
           {"doubled_quotes_in_strings", "''password''"},
           {"backslashes", "\\'"},
           {"comments_open", "/*"},
           {"dollar_tags", "$a$b"},
           {"brackets", "["},
           {"pem_heads", "-----BEGIN PRIVATE KEY-----"},
           {"provider_heads", "AKIA ghp_ sk- xoxb- glpat- "},
           {"parentheses", "f(("},
           {"concatenations", "'a'||"},
           {"statement_words", "CREATE USER ALTER "},
           {"identified_by", "IDENTIFIED BY "},
           {"base64", "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo"},
           {"short_literals", "IN ('a','b','c','password'),"},
           {"rows", "INSERT INTO t (id, name, password) VALUES (1,'Noah Kim','?'),(2,'x','?');"},
           {"comparisons", "SELECT 1 FROM t WHERE password = 'x' AND token = 'y' OR "},
           {"open_calls", "password f(g(h('abc',"},
           {"readings_that_part", "SELECT \"a\\\"b\", 'c\\'d', [x'y], #password\n$$q$$;"},
           {"islands", "we select some token from 'abcdef-ghijk'\n\n"},
           {"escapes", "password '\\n\\t\\''x\\n\\t\\''x',"},
           {"strings_in_strings", "'a password ''''''''b '''' token '''''''' c',"},
           {"connect_lines", "connect a/b "},
       }) {
    texts.push_back({name, repeated(unit, bytes)});
  }
  return texts;
}

}  // namespace studiosync::bench
