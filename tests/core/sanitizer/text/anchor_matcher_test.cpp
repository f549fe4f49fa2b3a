#include "core/sanitizer/text/anchor_matcher.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "core/base/random.hpp"
#include "core/sanitizer/text/token_text.hpp"
#include "core/sanitizer/value/ascii.hpp"
#include "core/sanitizer/value/trigger_word.hpp"

namespace studiosync {
namespace {

using Path = AnchorMatcher::Path;

constexpr Rule rule{"test.anchor", "", "", ""};

void note(TextScan& scan, std::size_t at) {
  add_hit(scan.hits, rule, at, at + 1);
}

constexpr std::array literals{
    "akia",     "AKI",          "-----begin",   "://",     "password", "pass", "sk-",
    "sk-proj-", "ghp_",         "Пароль",       "密码",    "[x]",      "{x}",  "@@@",
    "```",      "aaaaaaaaaaaa", "1//0",         "T3BlbkF", "sig=",     "%2f%", "private-lines",
    "zzzzzz",   "_mmk",         "\x7f\x7f\x7f", "token",   "secret",   "key",  "eyJ",
    ":aa",      "a.b",          "redis-cli",    "pw",      "s3"};

std::vector<Anchor> all_anchors() {
  std::vector<Anchor> anchors;
  for (std::size_t i = 0; i < literals.size(); ++i) {
    anchors.push_back({.literal = literals[i],
                       .recognize = note,
                       .begins_word = i % 3 == 0,
                       .ends_word = i % 4 == 1});
  }
  return anchors;
}

std::vector<std::size_t> offsets(const Hits& hits) {
  std::vector<std::size_t> all;
  for (const Hit& hit : hits) all.push_back(hit.begin);
  return all;
}

std::vector<std::size_t> found_by(Path path, std::string_view text) {
  static const AnchorMatcher matcher(all_anchors());
  Hits hits;
  TextScan scan{.text = text, .hits = hits};
  matcher.run(scan, path);
  return offsets(hits);
}

std::vector<std::size_t> found_naively(std::string_view text) {
  Hits hits;
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (const Anchor& anchor : all_anchors()) {
      const std::string_view there = text.substr(at, anchor.literal.size());
      const bool same =
          std::equal(there.begin(), there.end(), anchor.literal.begin(), anchor.literal.end(),
                     [](char a, char b) { return to_lower(a) == to_lower(b); });
      const std::size_t end = at + there.size();
      if (same && (!anchor.begins_word || starts_token(text, at)) &&
          (!anchor.ends_word || ends_word(text, end)))
        add_hit(hits, rule, at, at + 1);
    }
  }
  return offsets(hits);
}

void expect_same(std::string_view text) {
  const std::vector<std::size_t> expected = found_naively(text);
  for (const Path path : {Path::portable, Path::avx2}) {
    if (!TrigramFilter::runs_here(path)) continue;
    EXPECT_EQ(found_by(path, text), expected) << text;
  }
}

// Pieces of anchors in any case among other bytes, so that near misses abound.
std::string random_text(Random& random, std::size_t pieces) {
  std::string text;
  for (std::size_t i = 0; i < pieces; ++i) {
    std::string piece(literals[random.next() % literals.size()]);
    if (random.next() % 2 == 0) piece.resize(random.next() % (piece.size() + 1));
    for (char& c : piece) {
      if (random.next() % 3 == 0 && is_letter(c)) c = static_cast<char>(c ^ 0x20);
      if (random.next() % 20 == 0) c = static_cast<char>(random.next());
    }
    text += piece;
    while (random.next() % 3 == 0) text.push_back(static_cast<char>(random.next()));
  }
  return text;
}

TEST(AnchorMatcher, FindsInRandomTextsWhatANaiveSearchFinds) {
  Random random(7);
  for (int i = 0; i < 400; ++i) expect_same(random_text(random, random.next() % 60));
}

TEST(AnchorMatcher, FindsAnchorsAtEveryOffsetAndAtBothEnds) {
  for (std::size_t before = 0; before < 70; ++before) {
    for (std::size_t after = 0; after < 3; ++after) {
      expect_same(std::string(before, '.') + "sk-proj-" + std::string(after, 'x'));
    }
  }
}

TEST(AnchorMatcher, FindsTheSameAcrossTheBordersOfItsBlocks) {
  for (std::size_t size = 2030; size < 2090; size += 3) {
    expect_same(std::string(size, 'a') + "AKIA" + std::string(size, '-') + "begin");
  }
}

TEST(AnchorMatcher, FindsTheSameInTextsThatAreNothingButAnchors) {
  for (const char* literal : literals) {
    std::string text;
    for (int i = 0; i < 300; ++i) text += literal;
    expect_same(text);
  }
}

TEST(AnchorMatcher, TellsBytesApartThatDifferByTheCaseBitAndAreNoLetters) {
  EXPECT_EQ(found_by(Path::portable, "{x} ___ @@@").size(), 2U);
  expect_same("[x] {x} ``` @@@ ___ \x7f\x7f\x7f");
}

TEST(AnchorMatcher, FindsNothingInShortAndEmptyTexts) {
  for (const std::string_view text : {"", "a", "sk", "ke"})
    EXPECT_TRUE(found_naively(text).empty());
  for (const std::string_view text : {"", "a", "sk", "ke"}) expect_same(text);
}

TEST(AnchorMatcher, CallsInRisingOrderOfOffsets) {
  Random random(11);
  const std::string text = random_text(random, 2000);
  const std::vector<std::size_t> found = found_by(Path::portable, text);
  EXPECT_GT(found.size(), 500U);
  EXPECT_TRUE(std::is_sorted(found.begin(), found.end()));
}

}  // namespace
}  // namespace studiosync
