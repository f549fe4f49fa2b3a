#include "core/sanitizer/sql/sql_reader.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <tuple>
#include <vector>

#include "core/base/json.hpp"
#include "core/sanitizer/sql/sql_rules.hpp"
#include "core/sanitizer/sql/statement_begin.hpp"
#include "core/sanitizer/value/ascii.hpp"

namespace studiosync {
namespace {

using Texts = std::vector<std::string>;

// Everything that a sink is given.
class Recorder : public SqlSink {
 public:
  void hit(const Rule& rule, std::size_t begin, std::size_t end, Replace) override {
    hits_.emplace_back(rule.id, begin, end);
  }
  void inner(const View& view) override { inner_.emplace_back(view.text()); }

  std::vector<std::tuple<std::string_view, std::size_t, std::size_t>> distinct_hits() {
    std::sort(hits_.begin(), hits_.end());
    hits_.erase(std::unique(hits_.begin(), hits_.end()), hits_.end());
    return hits_;
  }
  std::size_t hits() const { return hits_.size(); }
  const Texts& inner_texts() const { return inner_; }

 private:
  std::vector<std::tuple<std::string_view, std::size_t, std::size_t>> hits_;
  Texts inner_;
};

Recorder read(std::string_view text) {
  Recorder recorder;
  SqlReader(SqlScanner::Mode::code, recorder).read_all(text);
  return recorder;
}

TEST(SqlReader, LooksOnceIntoWhatReadingsHaveInCommon) {
  EXPECT_EQ(read("SELECT 'some words'; SELECT \"a\", 'other words', \"b\"; SELECT 'last words'")
                .inner_texts(),
            (Texts{"some words", "other words", "last words"}));
}

TEST(SqlReader, LooksIntoWhatOneReadingAloneTakesForAText) {
  EXPECT_EQ(
      read(R"(SELECT 'first words\', ' second words'; SELECT 'third words')").inner_texts(),
      (Texts{R"(first words\)", " second words", "first words', ", "; SELECT ", "third words"}));
}

TEST(SqlReader, FindsAValueOncePerWayToReadIt) {
  EXPECT_EQ(read("ALTER USER u PASSWORD 'hun7er22'").hits(), 1U);
  EXPECT_EQ(read("SELECT \"a\"; ALTER USER u PASSWORD 'hun7er22'").hits(), 1U);
  EXPECT_EQ(read("SELECT 'a\\'; ALTER USER u PASSWORD 'hun7er22'").hits(), 1U);
}

TEST(SqlReader, RowsOfCopyAreNoStatements) {
  EXPECT_EQ(
      read("COPY t FROM stdin;\na;\"b;\nALTER USER u PASSWORD 'hun7er22'\n\\.\nSELECT 1;").hits(),
      0U);
}

TEST(SqlReader, DoubtsQuotesThatDoNotMatch) {
  Recorder recorder;
  SqlReader reader(SqlScanner::Mode::code, recorder);
  reader.read_all("SELECT 'it''s' AS a, 'b'");
  EXPECT_FALSE(reader.is_in_doubt());
  for (const char* text : {"SELECT 'open", "SELECT it's; SELECT 'b'"}) {
    reader.trust();
    reader.read_all(text);
    EXPECT_TRUE(reader.is_in_doubt()) << text;
  }
}

TEST(SqlReader, ReadsNoStatementTwice) {
  Recorder recorder;
  const std::string_view text = "ALTER USER u PASSWORD 'hun7er22'; SELECT 1; it's";
  SqlReader reader(SqlScanner::Mode::code, recorder);
  reader.read_all(text);
  reader.read_statements(text, next_statement(text, 0));
  EXPECT_EQ(recorder.hits(), 1U);
}

std::vector<std::uint32_t> trigger_places(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = to_lower(c);
  std::vector<std::uint32_t> places;
  for (const TriggerWord& word : sql_trigger_words()) {
    for (std::size_t at = lower.find(word.letters); at != std::string::npos;
         at = lower.find(word.letters, at + 1)) {
      if (counts_at(word, text, at)) places.push_back(static_cast<std::uint32_t>(at));
    }
  }
  std::sort(places.begin(), places.end());
  return places;
}

Texts statements_of_the_corpus() {
  std::ifstream in(STUDIOSYNC_FIXTURES "/sanitizer/positives.jsonl");
  Texts statements;
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
  while (text.size() < 2048) text += "SELECT id, 'some words' FROM orders WHERE city = 'Kiel';\n";
  return text;
}

TEST(FindInSql, FindsTheSameWhereItKnowsWhereToLook) {
  std::size_t divided = 0;
  const std::size_t all_inner = read(filler() + filler()).inner_texts().size();
  for (const std::string& statement : statements_of_the_corpus()) {
    const std::string text = filler() + statement + ";\n" + filler();
    Recorder whole;
    Recorder around;
    find_in_sql(text, whole);
    find_in_sql(text, trigger_places(text), around);
    EXPECT_EQ(around.distinct_hits(), whole.distinct_hits()) << statement;
    divided += around.inner_texts().size() < all_inner / 2 ? 1U : 0U;
  }
  EXPECT_GT(divided, 500U);
}

}  // namespace
}  // namespace studiosync
