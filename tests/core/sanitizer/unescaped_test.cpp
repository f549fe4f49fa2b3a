#include "core/sanitizer/unescaped.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <string>

#include "core/sanitizer/redact.hpp"
#include "core/sanitizer/scan.hpp"
#include "tests/core/sanitizer/text/marked_text.hpp"

namespace studiosync {
namespace {

// What stands between two # is written as escapes: #pw# is \u0070\u0077.
std::string with_escapes(std::string_view text) {
  std::string written;
  bool escaped = false;
  for (const char c : text) {
    if (c == '#') {
      escaped = !escaped;
    } else if (escaped) {
      std::array<char, 8> escape{};
      std::snprintf(escape.data(), escape.size(), "\\u%04x", static_cast<unsigned>(c));
      written += escape.data();
    } else {
      written += c;
    }
  }
  return written;
}

struct Case {
  TextAs as;
  std::string_view marked;
};

constexpr Case hidden[] = {
    {TextAs::text, "#password=#‹#Hunter2xQ9#›"},
    {TextAs::text, "#postgres://app:#‹#Hunter2x#›#@db.internal/x#"},
    {TextAs::text, "‹#ghp_16C7e42F292c6912E7710c838347Ae178B4a#›"},
    {TextAs::sql, "‹#ghp_16C7e42F292c6912E7710c838347Ae178B4a#›"},
    {TextAs::sql, "#ALTER USER app IDENTIFIED BY '#‹#Hunter2x#›#'#"},
    {TextAs::text, R"({"#password#":"‹Hunter2xQ9›"})"},
    {TextAs::sql, R"(SELECT '{"#password#":"‹#Hunter2xQ9#›"}'::json)"},
    {TextAs::sql, R"(INSERT INTO t (d) VALUES ('{"u":"#redis://app:#‹#Hunter2x#›#@db/0#"}'))"},
    {TextAs::sql, "INSERT INTO t VALUES (E'‹#AKIAQ3EGRW5TYHN2LKXZ#›')"},
    {TextAs::text, "postgres://app:‹Hunter2x›#@#db.internal/x"},
    {TextAs::text, "pass#w#ord=‹Hunter2xQ9›"},
    {TextAs::text, R"(‹gh\#p#_16C7e42F292c6912E7710c838347Ae178B4a›)"},
};

constexpr Case harmless[] = {
    {TextAs::text, R"(caf\u00e9 \u0026 \u003cpassword\u003e)"},
    {TextAs::text, "#password=<password>#"},
    {TextAs::text, "#nothing but words#"},
    {TextAs::sql, "SELECT '#order_id#' FROM t WHERE password = new_password"},
    {TextAs::text, R"(C:\users#a#\x)"},
    {TextAs::text, R"(#a#\u00)"},
    {TextAs::sql, "SELECT '#password=#[REDACTED]'"},
};

TEST(Unescaped, ShowsWhatIsHiddenByEscapesOfLetters) {
  for (const auto& [as, plain] : hidden) {
    const std::string marked = with_escapes(plain);
    const std::string text = without_marks(marked);
    EXPECT_EQ(with_marks(text, scan(text, as)), marked);
    const auto cleaned = clean_text(text, as);
    ASSERT_TRUE(cleaned.has_value()) << text;
    EXPECT_EQ(cleaned->text, redacted_marks(marked));
  }
}

TEST(Unescaped, LeavesOtherEscapesAlone) {
  for (const auto& [as, plain] : harmless) {
    const std::string text = with_escapes(plain);
    EXPECT_TRUE(scan(text, as).empty()) << text;
  }
}

TEST(Unescaped, DecodesPlainAsciiAlone) {
  EXPECT_EQ(Unescaped(R"(a\u0062\\u0063 \u00e9\u4e2d\u0000 \u006 \u)").text(),
            R"(abc \u00e9\u4e2d\u0000 \u006 \u)");
}

}  // namespace
}  // namespace studiosync
