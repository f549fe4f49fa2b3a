#include "core/sanitizer/sql/term.hpp"

#include <gtest/gtest.h>

#include <string>

namespace studiosync {
namespace {

std::string in_capitals(std::string_view word) {
  std::string capitals(word);
  for (char& c : capitals) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return capitals;
}

TEST(TermOf, FindsEveryWordOfTheVocabularyInAnyCase) {
  for (std::size_t i = 0; i < vocabulary.size(); ++i) {
    EXPECT_EQ(term_of(vocabulary[i]), Term::at(i + 1)) << vocabulary[i];
    EXPECT_EQ(term_of(in_capitals(vocabulary[i])), Term::at(i + 1)) << vocabulary[i];
  }
}

TEST(TermOf, KnowsNoOtherWords) {
  for (std::size_t i = 0; i < vocabulary.size(); ++i) {
    const std::string word(vocabulary[i]);
    EXPECT_FALSE(term_of(word + "\x01")) << word;
    for (std::size_t at = 0; at < word.size(); ++at) {
      std::string other = word;
      other[at] = '\x01';
      EXPECT_FALSE(term_of(other)) << word << " without its byte " << at;
    }
  }
  EXPECT_FALSE(term_of(""));
  EXPECT_FALSE(term_of("{`"));
}

TEST(TermOf, LetsSignsBeWhatTheyAreBesideTheBitOfLowerCase) {
  EXPECT_EQ(term_of("["), Term("["));
  EXPECT_NE(term_of("["), term_of("{"));
  EXPECT_FALSE(term_of("`old"));  // @old
}

}  // namespace
}  // namespace studiosync
