// Statements with their credentials marked: `PASSWORD '‹v9Kq2tLm›'`.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "core/sanitizer/sql/sql_rules.hpp"

namespace studiosync::sql_cases {

struct Marked {
  std::string text;
  std::vector<bool> secret;  // for each byte
};

inline Marked unmark(std::string_view marked) {
  constexpr std::string_view open = "‹";
  constexpr std::string_view close = "›";
  Marked result;
  bool inside = false;
  while (!marked.empty()) {
    if (marked.starts_with(open) || marked.starts_with(close)) {
      inside = marked.starts_with(open);
      marked.remove_prefix(open.size());
      continue;
    }
    result.text += marked.front();
    result.secret.push_back(inside);
    marked.remove_prefix(1);
  }
  return result;
}

class Recorder : public SqlSink {
 public:
  explicit Recorder(std::size_t bytes) : secret(bytes) {}

  void hit(const Rule& rule, std::size_t begin, std::size_t end, Replace) override {
    std::fill(secret.begin() + static_cast<std::ptrdiff_t>(begin),
              secret.begin() + static_cast<std::ptrdiff_t>(end), true);
    rules.push_back(&rule);
  }
  void inner(const View& view) override { views.emplace_back(view.text()); }

  std::vector<bool> secret;
  std::vector<const Rule*> rules;
  std::vector<std::string> views;
};

// The text with what was found between the marks.
inline std::string mark(std::string_view text, const std::vector<bool>& secret) {
  std::string marked;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool before = i > 0 && secret[i - 1];
    if (secret[i] && !before) marked += "‹";
    if (!secret[i] && before) marked += "›";
    marked += text[i];
  }
  return !secret.empty() && secret.back() ? marked + "›" : marked;
}

inline Recorder read_sql(std::string_view text) {
  Recorder recorder(text.size());
  find_in_sql(text, recorder);
  return recorder;
}

inline Recorder read_prose(std::string_view text) {
  Recorder recorder(text.size());
  find_sql_in_prose(text, recorder);
  return recorder;
}

inline bool has_trigger(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  const auto words = sql_trigger_words();
  return std::any_of(words.begin(), words.end(), [&](const TriggerWord& word) {
    std::size_t at = lower.find(word.letters);
    while (at != std::string::npos && !counts_at(word, text, at)) {
      at = lower.find(word.letters, at + 1);
    }
    return at != std::string::npos;
  });
}

template <class Table>
void expect_found(const Table& statements) {
  for (const std::string_view statement : statements) {
    const Marked marked = unmark(statement);
    EXPECT_EQ(mark(marked.text, read_sql(marked.text).secret), statement);
    EXPECT_TRUE(has_trigger(marked.text)) << statement;
  }
}

template <class Table>
void expect_found_in_prose(const Table& texts) {
  for (const std::string_view text : texts) {
    const Marked marked = unmark(text);
    EXPECT_EQ(mark(marked.text, read_prose(marked.text).secret), text);
    EXPECT_TRUE(has_trigger(marked.text)) << text;
  }
}

// Statements that are given on to be looked into, because the secret is inside of a text.
template <class Table>
void expect_inner(const Table& cases) {
  for (const auto& [statement, inner] : cases) {
    EXPECT_THAT(read_sql(statement).views, testing::Contains(std::string(inner))) << statement;
  }
}

}  // namespace studiosync::sql_cases
