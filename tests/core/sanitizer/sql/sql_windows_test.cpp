#include "core/sanitizer/sql/sql_windows.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <tuple>

#include "core/base/json.hpp"
#include "core/sanitizer/sql/sql_rules.hpp"
#include "core/sanitizer/value/ascii.hpp"

namespace studiosync {
namespace {

// Everything that a sink is given, in one order.
class Recorder : public SqlSink {
 public:
  void hit(const Rule& rule, std::size_t begin, std::size_t end, Replace) override {
    hits_.emplace_back(rule.id, begin, end);
  }
  void inner(const View&) override {}

  std::vector<std::tuple<std::string_view, std::size_t, std::size_t>> sorted() {
    std::sort(hits_.begin(), hits_.end());
    return hits_;
  }

 private:
  std::vector<std::tuple<std::string_view, std::size_t, std::size_t>> hits_;
};

std::vector<std::uint32_t> trigger_places(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = to_lower(c);
  std::vector<std::uint32_t> places;
  for (const std::string_view word : sql_trigger_words()) {
    for (std::size_t at = lower.find(word); at != std::string::npos;
         at = lower.find(word, at + 1)) {
      places.push_back(static_cast<std::uint32_t>(at));
    }
  }
  std::sort(places.begin(), places.end());
  return places;
}

std::vector<std::string> statements_of_the_corpus() {
  std::ifstream in(STUDIOSYNC_FIXTURES "/sanitizer/positives.jsonl");
  std::vector<std::string> statements;
  for (std::string line; std::getline(in, line);) {
    const auto json = parse_json(line);
    if (json->find("as")->as_string() == "sql") {
      statements.push_back(json->find("text")->as_string());
    }
  }
  return statements;
}

std::string filler() {
  std::string text;
  while (text.size() < 2048) text += "SELECT id, total FROM orders WHERE city = 'Kiel';\n";
  return text;
}

TEST(WindowsOf, AreTheStatementsThatHoldAPlace) {
  const std::string text = filler() + "SELECT password FROM users;" + filler();
  const std::size_t place = text.find("password");
  const auto windows = windows_of(text, std::vector{static_cast<std::uint32_t>(place)});
  ASSERT_TRUE(windows.has_value());
  ASSERT_EQ(windows->size(), 1U);
  EXPECT_EQ(windows->front().begin, filler().size() - 1);
  EXPECT_EQ(windows->front().end, text.find(';', place) + 1);
}

TEST(WindowsOf, GiveUpWhereOneStatementBearsOnAnother) {
  for (const char* statement :
       {"SELECT 'open;", "it's;", "PREPARE p AS UPDATE users SET password = $1;",
        "COPY users (name, password) FROM stdin;"}) {
    EXPECT_FALSE(windows_of(filler() + statement, std::vector<std::uint32_t>{3}).has_value())
        << statement;
  }
}

TEST(FindInSql, FindsTheSameThroughWindows) {
  std::size_t divided = 0;
  for (const std::string& statement : statements_of_the_corpus()) {
    const std::string text = filler() + statement + ";\n" + filler();
    const auto places = trigger_places(text);
    divided += windows_of(text, places).has_value();
    Recorder whole;
    Recorder windowed;
    find_in_sql(text, whole);
    find_in_sql(text, places, windowed);
    EXPECT_EQ(windowed.sorted(), whole.sorted()) << statement;
  }
  EXPECT_GT(divided, 500U);
}

}  // namespace
}  // namespace studiosync
