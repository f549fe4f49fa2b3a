#include "core/sanitizer/sql/text_words.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace studiosync {
namespace {

std::vector<std::string> words_of(std::string_view text, std::size_t from = 0) {
  std::vector<std::string> found;
  TextWords words(text, from);
  for (TextWord word = words.next(); !word.empty(); word = words.next()) {
    found.emplace_back(text.substr(word.begin, word.end - word.begin));
  }
  return found;
}

using Strings = std::vector<std::string>;

TEST(TextWords, AreRunsOfLettersDigitsAndUnderscores) {
  EXPECT_EQ(words_of("it's a_1 $x\xc3\xa4z9-Q"), (Strings{"it", "s", "a_1", "x", "z9", "Q"}));
  EXPECT_EQ(words_of(""), Strings{});
  EXPECT_EQ(words_of(" ,;"), Strings{});
}

TEST(TextWords, BeginAmidAText) {
  EXPECT_EQ(words_of("select 1", 3), (Strings{"ect", "1"}));
  EXPECT_EQ(words_of("select", 6), Strings{});
}

// Blocks are of 64 bytes: words that end with one, begin with one, or are longer.
TEST(TextWords, AreWholeWhereverTheyStand) {
  for (std::size_t blanks = 0; blanks < 130; ++blanks) {
    for (const std::size_t bytes : {1U, 2U, 63U, 64U, 65U, 200U}) {
      const std::string word(bytes, 'w');
      const std::string text = std::string(blanks, ' ') + word + " x";
      EXPECT_EQ(words_of(text), (Strings{word, "x"})) << blanks << " blanks, " << bytes;
    }
  }
}

}  // namespace
}  // namespace studiosync
