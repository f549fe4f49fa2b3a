#include "core/sanitizer/sql/view.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "tests/core/sanitizer/sql/lexed.hpp"

namespace studiosync {
namespace {

constexpr Rule rule{.id = "test.rule"};

View view_of(std::string_view sql, const SqlReading& reading = SqlReading::standard()) {
  View view;
  view.append(sql, lex(sql, reading).at(0));
  return view;
}

// The texts of `sql` joined, where `||` stands between them; a word is unknown.
View joined(std::string_view sql, const SqlReading& reading = SqlReading::standard()) {
  View view;
  for (const SqlToken& token : lex(sql, reading)) {
    if (token.kind == SqlTokenKind::word) view.append_unknown();
    if (token.kind == SqlTokenKind::text || token.kind == SqlTokenKind::number) {
      view.append(sql, token);
    }
  }
  return view;
}

// What of `sql` the view's `wanted` came from, ranges separated by a bar.
std::string sources_of(const View& view, std::string_view sql, std::string_view wanted) {
  const std::size_t at = view.text().find(wanted);
  if (at == std::string_view::npos) return "(not in the view)";
  Hits found;
  add_hit(found, rule, at, at + wanted.size());
  Hits original;
  view.map_back(found, original);
  std::string sources;
  for (const Hit& hit : original) {
    if (!sources.empty()) sources += '|';
    sources += sql.substr(hit.begin, hit.size);
  }
  return sources;
}

struct Decoded {
  std::string_view sql;
  std::string_view text;
};

TEST(View, DecodesWhatTheQuotingSays) {
  constexpr std::string_view nul("\0", 1);
  const Decoded cases[] = {
      {"'abc'", "abc"},
      {"''", ""},
      {"'it''s'''''", "it's''"},
      {R"('a\nb')", R"(a\nb)"},
      {R"("a""b")", R"(a"b)"},
      {"`a``b`", "a`b"},
      {R"(E'a\nb\t\\\'''c')", "a\nb\t\\''c"},
      {R"(E'\x61\x6G\142\7')",
       "a\x06"
       "Gb\a"},
      {R"(E'\u0061\u00e9\u20ac\U0001F600')", "aé€😀"},
      {R"(E'\ud83d\ude00')", "😀"},
      {R"(E'\u00q\x\U1')", "u00qxU1"},
      {R"(E'\000')", nul},
      {R"(U&'p\0061ss\+000077\\''')", "passw\\'"},
      {R"(U&'\D83D\DE00\00E9')", "😀é"},
      {R"(U&'\00 \+12')", R"(\00 \+12)"},
      {R"(U&'\+FFFFFF')", "\ufffd"},
      {"X'70617373'", "pass"},
      {"x'706'", "706"},
      {"X'7z'", "7z"},
      {"0x7061", "pa"},
      {"0x706", "0x706"},
      {"0", "0"},
      {"$a$it''s\\n$a$", "it''s\\n"},
      {"/* a */", " a "},
      {"-- a", " a"},
      {"word", "word"},
      {"'open", "open"},
      {"E'open\\", "open\\"},
  };
  for (const Decoded& expected : cases) EXPECT_EQ(view_of(expected.sql).text(), expected.text);
}

TEST(View, DecodesTheTextsOfOtherDialects) {
  EXPECT_EQ(view_of(R"('a\Z\'')", SqlReading::mysql()).text(), "a\x1a'");
  EXPECT_EQ(view_of(R"("a\"b""c")", SqlReading::mysql()).text(), R"(a"b"c)");
  EXPECT_EQ(view_of("[a]]b]", SqlReading::sql_server()).text(), "a]b");
  EXPECT_EQ(view_of("q'[it''s]'", SqlReading::oracle()).text(), "it''s");
  EXPECT_EQ(view_of(R"('''a''b\x63''')", SqlReading::bigquery()).text(), "a''bc");
  EXPECT_EQ(view_of(R"(r'a\x63')", SqlReading::bigquery()).text(), R"(a\x63)");
  EXPECT_EQ(view_of("‘it's’", SqlReading::clickhouse()).text(), "it's");
}

TEST(View, DoesNotCopyWhatHasNoEscapes) {
  const std::string sql = "'a long text without any escape in it, that would be copied'";
  EXPECT_EQ(view_of(sql).text().data(), sql.data() + 1);
}

TEST(View, MapsBackToWhatWasWritten) {
  struct Source {
    std::string_view sql;
    std::string_view wanted;
    std::string_view source;
  };
  const Source cases[] = {
      {"'password=secret'", "secret", "secret"},
      {"'PASSWORD ''secret'''", "secret", "secret"},
      {"'a''b''c'", "b'", "b''"},
      {"'a''''b'", "'b", "''b"},
      {R"(E'se\x63ret!')", "secret", R"(se\x63ret)"},
      {R"(E'se\x63ret!')", "c", R"(\x63)"},
      {R"(E'\u00e9!')", "\xa9!", R"(\u00e9!)"},
      {R"(E'\u00e9\u00e8!')", "\xc3\xa8", R"(\u00e8)"},
      {R"(E'\u00e9\u00e8!')", "\xa9\xc3", R"(\u00e9\u00e8)"},
      {R"(U&'p\0061\0062s')", "ab", R"(\0061\0062)"},
      {"X'70617373'", "as", "6173"},
      {"0x70617373", "ss", "7373"},
      {"'AKIA' || '1234'", "AKIA1234", "AKIA|1234"},
      {"'AK''IA' || E'1\\x3234'", "K'IA12", "K''IA|1\\x32"},
      {"'a' || b || 'c'", "a?c", "a|c"},
      {"'a' || b || 'c'", "?", ""},
      {"'' || 'ab' || ''", "ab", "ab"},
  };
  for (const Source& expected : cases) {
    EXPECT_EQ(sources_of(joined(expected.sql), expected.sql, expected.wanted), expected.source)
        << expected.sql;
  }
}

TEST(View, KeepsTheRuleAndTheReplacementButNoQuotesInsideOfQuotes) {
  struct Kept {
    std::string_view sql;
    Replace replace;
    const SqlReading& reading = SqlReading::standard();
  };
  const Kept cases[] = {
      {"$$abc$$", Replace::quoted_name}, {"-- abc", Replace::quoted_name},
      {"'abc'", Replace::body},          {"'a''c'", Replace::body},
      {"\"abc\"", Replace::body},        {"q'[abc]'", Replace::body, SqlReading::oracle()},
  };
  for (const Kept& expected : cases) {
    Hits found;
    add_hit(found, rule, 0, 3, Replace::quoted_name);
    Hits original;
    view_of(expected.sql, expected.reading).map_back(found, original);
    ASSERT_EQ(original.size(), 1U);
    EXPECT_EQ(original[0].rule, &rule);
    EXPECT_EQ(original[0].replace, expected.replace) << expected.sql;
  }
}

TEST(View, MapsHitsBackInTheirOrder) {
  const View view = view_of("'a''bc''d'");
  Hits found;
  add_hit(found, rule, 0, 1);
  add_hit(found, rule, 1, 3);
  add_hit(found, rule, 3, 6);
  Hits original;
  view.map_back(found, original);
  ASSERT_EQ(original.size(), 3U);
  EXPECT_EQ(original[0].begin, 1U);
  EXPECT_EQ(original[1].begin, 2U);
  EXPECT_EQ(original[2].begin, 5U);
  EXPECT_EQ(original[2].end(), 9U);
}

TEST(View, IsEmptyAgainAfterClear) {
  const std::string_view sql = "'a''b' 'c'";
  View view = joined(sql);
  view.clear();
  EXPECT_EQ(view.text(), "");
  view.append(sql, lex(sql, SqlReading::standard()).at(1));
  EXPECT_EQ(view.text(), "c");
  EXPECT_EQ(sources_of(view, sql, "c"), "c");
}

// The token with only this range of its body, as a text of its own.
View view_of_part(std::string_view sql, SqlToken token, const Hit& part) {
  std::string text(sql.substr(0, token.body_begin));
  text.append(sql, part.begin, part.size);
  token.body_end = token.end = static_cast<std::uint32_t>(text.size());
  View view;
  view.append(text, token);
  view.append_unknown();  // so that it does not lend from `text`
  return view;
}

// What a range of a view came from is one range of the token's body, which decodes to at least
// that range again: no escape was cut.
TEST(View, MapsEveryRangeOfAnyTextBack) {
  Random random(5);
  for (int run = 0; run < 2000; ++run) {
    const std::string sql = "E'" + provoking_text(random) + "\\x41''\\u00e9";
    for (const SqlReading* reading : dialects()) {
      const SqlToken token = lex(sql, *reading).at(0);
      View view;
      view.append(sql, token);
      const std::size_t size = view.text().size();
      if (size == 0) continue;
      const std::size_t begin = random.below(size);
      Hits found;
      add_hit(found, rule, begin, begin + 1 + random.below(size - begin));
      Hits original;
      view.map_back(found, original);
      ASSERT_EQ(original.size(), 1U) << sql;
      ASSERT_GE(original[0].begin, token.body_begin) << sql;
      ASSERT_LE(original[0].end(), token.body_end) << sql;
      const View again = view_of_part(sql, token, original[0]);
      const std::string_view wanted = view.text().substr(begin, found[0].size);
      ASSERT_NE(again.text().find(wanted), std::string_view::npos) << sql;
    }
  }
}

}  // namespace
}  // namespace studiosync
