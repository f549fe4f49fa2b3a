#include "client/cli/output.hpp"

#include <gtest/gtest.h>

namespace studiosync::client {
namespace {

TEST(Table, AlignsItsColumns) {
  EXPECT_EQ(table({{"ID", "NAME"}, {"q1", "Orders"}, {"query-2", "x"}}),
            "ID       NAME\n"
            "q1       Orders\n"
            "query-2  x");
}

TEST(Table, CountsCharactersNotBytes) {
  EXPECT_EQ(table({{"Größe", "1"}, {"abcde", "2"}}),
            "Größe  1\n"
            "abcde  2");
}

TEST(Table, CutsLongCellsAtACharacter) {
  const std::string long_text = std::string(59, 'x') + "ßßßß";
  EXPECT_EQ(table({{long_text}}), std::string(59, 'x') + "…");
  EXPECT_EQ(table({{std::string(60, 'x')}}), std::string(60, 'x'));
}

TEST(Table, ShowsOneLineOfACell) {
  EXPECT_EQ(table({{"SELECT 1\nFROM t", "next"}}), "SELECT 1…  next");
}

TEST(Table, OfNothingIsEmpty) {
  EXPECT_EQ(table({}), "");
}

// What another program wrote into a record must not drive this user's terminal.
TEST(Table, ShowsNoControlCharacters) {
  EXPECT_EQ(table({{"a\x1b]0;title\x07z", "b\tc\rd\x7f"}}), "a?]0;title?z  b?c?d?");
}

}  // namespace
}  // namespace studiosync::client
