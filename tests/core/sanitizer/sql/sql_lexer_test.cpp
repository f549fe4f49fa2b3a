#include "core/sanitizer/sql/sql_lexer.hpp"

#include <gtest/gtest.h>

#include "tests/core/sanitizer/sql/lex_laws.hpp"
#include "tests/core/sanitizer/sql/lexed.hpp"

namespace studiosync {
namespace {

struct Case {
  std::string_view sql;
  std::string_view tokens;
};

void expect_all(const SqlReading& reading, std::initializer_list<Case> cases) {
  for (const Case& expected : cases) EXPECT_EQ(lexed(expected.sql, reading), expected.tokens);
}

void expect_in_every_dialect(std::initializer_list<Case> cases) {
  for (const SqlReading* reading : dialects()) expect_all(*reading, cases);
}

TEST(SqlLexer, TakesAStatementApart) {
  expect_in_every_dialect({
      {"", ""},
      {" \t\r\n", ""},
      {"SELECT a.b, 12 FROM t;",
       "word:SELECT word:a op:. word:b op:, number:12 word:FROM word:t op:;"},
      {"f(x)='a'", "word:f op:( word:x op:) op:= text:'a'"},
      {"GO\nDELIMITER", "word:GO word:DELIMITER"},
  });
}

TEST(SqlLexer, ReadsNumbers) {
  expect_in_every_dialect({
      {"1 1.5 .5 1e-5 1E+5 1_000 0xAb",
       "number:1 number:1.5 number:.5 number:1e-5 number:1E+5 "
       "number:1_000 number:0xAb"},
      {"1..10", "number:1 op:.. number:10"},
      {"1+2", "number:1 op:+ number:2"},
      {"0xe+1", "number:0xe op:+ number:1"},
      {"1e+x", "number:1e op:+ word:x"},
  });
}

TEST(SqlLexer, ReadsWordsOfAnyScript) {
  expect_in_every_dialect({
      {"a$b$c v$session _x1", "word:a$b$c word:v$session word:_x1"},
      {"größe 表 é", "word:größe word:表 word:é"},
      {"tiger@db a@ b", "word:tiger@db word:a op:@ word:b"},
      {"\xef\xbb\xbfSELECT\xc2\xa0x\xe3\x80\x80y", "word:SELECT word:x word:y"},
  });
}

TEST(SqlLexer, KeepsTheHashInNamesWhereItIsNoComment) {
  expect_all(SqlReading::sql_server(), {
                                           {"#temp ##global", "word:#temp word:##global"},
                                           {"serial#, a#b", "word:serial# op:, word:a#b"},
                                           {"a#>'{b}'", "word:a op:#> text:'{b}'"},
                                           {"a #>> b # c", "word:a op:#>> word:b op:# word:c"},
                                       });
  expect_all(SqlReading::mysql(), {
                                      {"a#b\nc", "word:a comment:#b word:c"},
                                      {"#temp", "comment:#temp"},
                                  });
}

TEST(SqlLexer, ReadsTheLongestOperator) {
  expect_in_every_dialect({
      {"a||b", "word:a op:|| word:b"},
      {"a:=b", "word:a op::= word:b"},
      {"a::int", "word:a op::: word:int"},
      {"a=>b", "word:a op:=> word:b"},
      {"a->>'b'", "word:a op:->> text:'b'"},
      {"a<>b!=c<=d>=e", "word:a op:<> word:b op:!= word:c op:<= word:d op:>= word:e"},
      {"a=-1", "word:a op:= op:- number:1"},
      {"a=@b", "word:a op:= param:@b"},
      {"a<@b", "word:a op:< param:@b"},
      {"a||/* ' */b", "word:a op:|| comment:/* ' */ word:b"},
  });
}

TEST(SqlLexer, ReadsParameters) {
  expect_in_every_dialect({
      {"? ?? ?1", "param:? param:?? param:?1"},
      {"?||'%'", "param:? op:|| text:'%'"},
      {":name :1 @name @@name", "param::name param::1 param:@name param:@@name"},
      {"&name &&name", "param:&name param:&&name"},
      {"%s, %(name)s", "param:%s op:, param:%(name)s"},
      {"a %size b % s", "word:a op:% word:size word:b op:% word:s"},
      {"{{ var.name }} {{name}}", "param:{{ var.name }} param:{{name}}"},
      {"{id:UInt32} {ids:Array(String)}", "param:{id:UInt32} param:{ids:Array(String)}"},
      {"'root'@'%'", "text:'root' op:@ text:'%'"},
  });
  expect_all(SqlReading::oracle(),
             {{"$1 $name ${name} #{name}", "param:$1 param:$name param:${name} param:#{name}"}});
}

TEST(SqlLexer, HidesNoLiteralInATemplate) {
  expect_in_every_dialect({
      {"{{ 'a' }}", "op:{ op:{ text:'a' op:} op:}"},
      {"{pwd:secret}", "op:{ word:pwd param::secret op:}"},
      {"{pwd:'a'}", "op:{ word:pwd op:: text:'a' op:}"},
      {"%(a'b')s", "op:% op:( word:a text:'b' op:) word:s"},
  });
}

TEST(SqlLexer, ReadsPrefixedTexts) {
  expect_in_every_dialect({
      {"E'a\\'b' e'c'", "text:E'a\\'b' text:e'c'"},
      {"N'a' n'b' B'01' X'0f' x'0f'", "text:N'a' text:n'b' text:B'01' text:X'0f' text:x'0f'"},
      {"U&'\\0061' u&'b'", "text:U&'\\0061' text:u&'b'"},
      {"r'a' rb'b' BR'c'", "text:r'a' text:rb'b' text:BR'c'"},
      {"_utf8'a' LIKE'b'", "word:_utf8 text:'a' word:LIKE text:'b'"},
      {"name'a'", "word:name text:'a'"},
  });
}

TEST(SqlLexer, DoublesQuotes) {
  expect_in_every_dialect({
      {"'it''s' ''", "text:'it''s' text:''"},
      {"'a' 'b'", "text:'a' text:'b'"},
      {"`a``b`", "name:`a``b`"},
  });
  expect_all(SqlReading::standard(), {{R"("a""b" "")", R"(name:"a""b" name:"")"}});
  expect_all(SqlReading::mysql(), {{R"("a""b" "")", R"(text:"a""b" text:"")"}});
}

TEST(SqlLexer, ReadsBackslashesAsTheDialectDoes) {
  expect_all(SqlReading::standard(), {
                                         {R"('a\' b)", R"(text:'a\' word:b)"},
                                         {R"("a\" b)", R"(name:"a\" word:b)"},
                                     });
  expect_all(SqlReading::mysql(), {
                                      {R"('a\'b' "c\"d")", R"(text:'a\'b' text:"c\"d")"},
                                      {R"('a\\' b)", R"(text:'a\\' word:b)"},
                                      {R"(`a\` b)", R"(name:`a\` word:b)"},
                                  });
  expect_all(SqlReading::snowflake(), {{R"('a\'b' "c\" d)", R"(text:'a\'b' name:"c\" word:d)"}});
  expect_all(SqlReading::clickhouse(), {{R"(`a\`b` "c\"d")", R"(name:`a\`b` name:"c\"d")"}});
}

TEST(SqlLexer, ReadsDollarQuotes) {
  const std::initializer_list<Case> cases{
      {"$$a'b$$ c", "text:$$a'b$$ word:c"}, {"$fn$a$$b$f$c$fn$", "text:$fn$a$$b$f$c$fn$"},
      {"$é1$a$é1$", "text:$é1$a$é1$"},      {"a$b$c$b$", "word:a$b$c$b$"},
      {"$1$a", "param:$1 param:$a"},        {"$a$b", "text!$a$b"},
  };
  expect_all(SqlReading::standard(), cases);
  expect_all(SqlReading::snowflake(), cases);
  expect_all(SqlReading::oracle(), {{"$$plsql_unit", "op:$ param:$plsql_unit"}});
}

TEST(SqlLexer, ReadsBracketsAsNamesInSqlServerAndSqlite) {
  const std::initializer_list<Case> cases{
      {"[a]]b].[c d]", "name:[a]]b] op:. name:[c d]"},
      {"[a", "name![a"},
  };
  expect_all(SqlReading::sql_server(), cases);
  expect_all(SqlReading::sqlite(), cases);
  expect_all(SqlReading::standard(), {{"a[1]", "word:a op:[ number:1 op:]"}});
}

TEST(SqlLexer, ReadsOraclesQuotes) {
  expect_all(SqlReading::oracle(),
             {
                 {"q'[a'b]' Q'{a}' q'<a>'", "text:q'[a'b]' text:Q'{a}' text:q'<a>'"},
                 {"q'(a)b)' nq'!it's!'", "text:q'(a)b)' text:nq'!it's!'"},
                 {"q'éaéb'é'", "text:q'éaéb'é'"},
                 {"q'[a'", "text!q'[a'"},
             });
  expect_all(SqlReading::standard(), {{"q'[a'", "word:q text:'[a'"}});
}

TEST(SqlLexer, ReadsBigQuerysTripleQuotes) {
  expect_all(SqlReading::bigquery(),
             {
                 {"'''a'b''c''' x", "text:'''a'b''c''' word:x"},
                 {R"("""a"b""" rb"""c\"d""" e)", R"(text:"""a"b""" text:rb"""c\"d""" word:e)"},
                 {R"(r'a\'b' b"c")", R"(text:r'a\'b' text:b"c")"},
                 {R"('''a\'''' b)", R"(text:'''a\'''' word:b)"},

             });
  expect_all(SqlReading::standard(), {{"'''a'''", "text:'''a'''"}});
}

TEST(SqlLexer, ReadsCurlyQuotesAsClickHouseDoes) {
  expect_all(SqlReading::clickhouse(), {
                                           {"a=‘it's’ “b c”", "word:a op:= text:‘it's’ name:“b c”"},
                                           {"‘a", "text!‘a"},
                                       });
  expect_all(SqlReading::standard(), {{"‘a’", "word:‘a’"}});
}

TEST(SqlLexer, ReadsComments) {
  expect_in_every_dialect({
      {"a -- b ' c\nd", "word:a comment:-- b ' c word:d"},
      {"a -- b\r\nc", "word:a comment:-- b word:c"},
      {"/* a ' */ b", "comment:/* a ' */ word:b"},
      {"/*/ a */ b", "comment:/*/ a */ word:b"},
      {"/**/ /***/ b", "comment:/**/ comment:/***/ word:b"},
      {"SELECT /*+ hint */ a", "word:SELECT comment:/*+ hint */ word:a"},
      {"a */ b", "word:a op:* op:/ word:b"},
      {"--", "comment:--"},
  });
}

TEST(SqlLexer, NestsCommentsWhereTheDialectDoes) {
  constexpr std::string_view nested = "/* a /* b */ c */ d";
  for (const auto dialect :
       {SqlReading::standard, SqlReading::sql_server, SqlReading::clickhouse}) {
    EXPECT_EQ(lexed(nested, dialect()), "comment:/* a /* b */ c */ word:d");
    EXPECT_EQ(lexed("/* /* */", dialect()), "comment!/* /* */");
    EXPECT_EQ(lexed("/* /*/ */ */", dialect()), "comment:/* /*/ */ */");
  }
  for (const auto dialect : {SqlReading::mysql, SqlReading::oracle, SqlReading::sqlite}) {
    EXPECT_EQ(lexed(nested, dialect()), "comment:/* a /* b */ word:c op:* op:/ word:d");
  }
}

TEST(SqlLexer, ReadsLineCommentsOfTheDialect) {
  expect_all(SqlReading::mysql(), {
                                      {"5--1", "number:5 op:- op:- number:1"},
                                      {"5--\t1", "number:5 comment:--\t1"},
                                      {"5---- 1", "number:5 op:- op:- comment:-- 1"},
                                      {"a // b", "word:a op:/ op:/ word:b"},
                                  });
  expect_all(SqlReading::snowflake(),
             {
                 {"a // b's\nc", "word:a comment:// b's word:c"},
                 {"PUT file:///tmp/a", "word:PUT word:file op:: op:/ comment://tmp/a"},
                 {"5--1", "number:5 comment:--1"},
             });
}

TEST(SqlLexer, ReadsTheInsideOfExecutedComments) {
  expect_all(
      SqlReading::mysql(),
      {
          {"/*!40101 SET a='b' */;",
           "executed:/*!40101 word:SET word:a op:= text:'b' executed:*/ op:;"},
          {"/*!50003 a*//*!50017 b*/",
           "executed:/*!50003 word:a executed:*/ executed:/*!50017 word:b executed:*/"},
          {"/*M!100100 a */ b", "executed:/*M!100100 word:a executed:*/ word:b"},
          {"/*! a /* b */ c */ d", "executed:/*! word:a comment:/* b */ word:c executed:*/ word:d"},
          {"/*! a", "executed:/*! word:a"},
      });
  expect_all(SqlReading::standard(), {{"/*!40101 a */", "comment:/*!40101 a */"}});
}

TEST(SqlLexer, ReadsPsqlCommandsAtTheStartOfALineOrStatement) {
  expect_in_every_dialect({
      {"\\connect 'a\nb", "command:\\connect 'a word:b"},
      {"a;\n  \\set x 'y'\r\nb", "word:a op:; command:\\set x 'y' word:b"},
      {"a; \\password bob", "word:a op:; command:\\password bob"},
      {"\\! ls", "command:\\! ls"},
      {"a \\g", "word:a op:\\ word:g"},
      {"\\; \\\\", "op:\\ op:; op:\\ op:\\"},
  });
}

TEST(SqlLexer, ReadsLinesOfSqlPlusAsOracleDoes) {
  expect_all(
      SqlReading::oracle(),
      {
          {"REM it's\r\na", "command:REM it's word:a"},
          {"a\n  prompt Don't\nb", "word:a command:prompt Don't word:b"},
          {"SELECT rem x\nremx, prompt", "word:SELECT word:rem word:x word:remx op:, word:prompt"},
          {"prompt, 'a'", "word:prompt op:, text:'a'"},
          {"remark", "command:remark"},
      });
  expect_all(SqlReading::standard(), {{"REM it's", "word:REM word:it text!'s"}});
}

TEST(SqlLexer, EndsOpenTokensWithTheText) {
  expect_in_every_dialect({
      {"'a b", "text!'a b"},
      {"`a b", "name!`a b"},
      {"/* a", "comment!/* a"},
      {"E'a\\", "text!E'a\\"},
      {"U&'a", "text!U&'a"},
      {"'a''", "text!'a''"},
  });
}

TEST(SqlLexer, SaysWhetherABodyHasEscapes) {
  const auto quoting = [](std::string_view sql, const SqlReading& reading) {
    return lex(sql, reading).at(0).quoting;
  };
  EXPECT_EQ(quoting("'a'", SqlReading::mysql()), SqlQuoting::verbatim);
  EXPECT_EQ(quoting("'a''b'", SqlReading::mysql()), SqlQuoting::doubled);
  EXPECT_EQ(quoting("'a\\n''b'", SqlReading::mysql()), SqlQuoting::backslash);
  EXPECT_EQ(quoting("'a\\n'", SqlReading::standard()), SqlQuoting::verbatim);
  EXPECT_EQ(quoting("E'a\\n'", SqlReading::standard()), SqlQuoting::backslash);
  EXPECT_EQ(quoting("U&'a'", SqlReading::standard()), SqlQuoting::unicode);
  EXPECT_EQ(quoting("$$a''b$$", SqlReading::standard()), SqlQuoting::verbatim);
  EXPECT_EQ(quoting("q'[a''b]'", SqlReading::oracle()), SqlQuoting::verbatim);
  EXPECT_EQ(quoting("r'a\\n'", SqlReading::bigquery()), SqlQuoting::verbatim);
  EXPECT_EQ(quoting("[a]]b]", SqlReading::sql_server()), SqlQuoting::doubled);
  EXPECT_EQ(quoting("a", SqlReading::standard()), SqlQuoting::none);
}

TEST(SqlLexer, GivesTheBodyWithoutPrefixAndDelimiters) {
  struct BodyCase {
    std::string_view sql;
    std::string_view body;
    const SqlReading& reading = SqlReading::standard();
  };
  const BodyCase cases[] = {
      {"'a''b'", "a''b"},
      {"E'a'", "a"},
      {"U&'a'", "a"},
      {"\"a\"", "a"},
      {"$fn$a$fn$", "a"},
      {"'a", "a"},
      {"-- a", " a"},
      {"/*+ a */", "+ a "},
      {"/* a", " a"},
      {"\\connect a", "connect a"},
      {"abc", "abc"},
      {"0x0f", "0x0f"},
      {"q'[a]'", "a", SqlReading::oracle()},
      {"nq'!a!'", "a", SqlReading::oracle()},
      {"[a]", "a", SqlReading::sql_server()},
      {"'''a'''", "a", SqlReading::bigquery()},
      {"rb\"\"\"a\"\"\"", "a", SqlReading::bigquery()},
      {"# a", " a", SqlReading::mysql()},
      {"‘a’", "a", SqlReading::clickhouse()},
  };
  for (const BodyCase& expected : cases) {
    EXPECT_EQ(body_of(expected.sql, lex(expected.sql, expected.reading).at(0)), expected.body);
  }
}

TEST(SqlLexer, StaysAtTheEnd) {
  SqlLexer lexer("a ", SqlReading::standard());
  lexer.next();
  for (int again = 0; again < 3; ++again) {
    const SqlToken token = lexer.next();
    EXPECT_EQ(token.kind, SqlTokenKind::end);
    EXPECT_EQ(token.begin, 2U);
  }
}

// The lexer looks at a number of bytes at once; where these end is not to be seen.
TEST(SqlLexer, ReadsTheSameBehindWhiteSpaceAndWordsOfAnyLength) {
  const std::string_view sql = "a$b 'c' [1] $$d$$e.f 1.5e3 --g";
  for (const SqlReading* reading : dialects()) {
    const std::string tokens = lexed(sql, *reading);
    for (std::size_t bytes = 1; bytes < 200; ++bytes) {
      ASSERT_EQ(lexed(std::string(bytes, ' ') + std::string(sql), *reading), tokens);
      std::string word;
      while (word.size() < bytes) word += "w$";
      ASSERT_EQ(lexed(word + " " + std::string(sql), *reading), "word:" + word + " " + tokens);
    }
  }
}

TEST(SqlLexer, LosesNoByteOfAnyText) {
  Random random(1);
  for (int run = 0; run < 2000; ++run) {
    const std::string text = provoking_text(random);
    for (const SqlReading* reading : dialects()) {
      ASSERT_EQ(broken_law(text, *reading), "") << text;
    }
  }
}

// A lexer that searches the rest of the text again for each opener would take minutes.
TEST(SqlLexer, IsLinearInOpenersWithoutClosers) {
  constexpr std::size_t repeats = 200'000;
  for (const std::string_view opener :
       {"/*",  "$a$b", "q'[", "'''", "{{a ", "{a:A(", "${a.", "%(a ", "\\ ", "‘", "[",
        "/*!", "--",   "$a",  "x'",  ":'",   "\"",    "e.",   "1e",   "//",  "U&"}) {
    std::string text;
    for (std::size_t left = repeats; left > 0; --left) text += opener;
    std::size_t end = 0;
    for (const SqlReading& reading : readings_of(text)) {
      SqlLexer lexer(text, reading);
      for (SqlToken token = lexer.next(); token.kind != SqlTokenKind::end; token = lexer.next()) {
        end = std::max<std::size_t>(end, token.end);
      }
    }
    EXPECT_GE(end + 1, text.size()) << opener;
  }
}

}  // namespace
}  // namespace studiosync
