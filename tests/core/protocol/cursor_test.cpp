#include "core/protocol/cursor.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/base/limits.hpp"

namespace studiosync {
namespace {

constexpr Epoch first{0xA};
constexpr Epoch second{0xB};
constexpr Epoch lost{0xC};

const Epochs two_starts{{first, Seq{1}}, {second, Seq{10}}};

TEST(Cursor, IsWrittenAsHexAndReadBack) {
  EXPECT_EQ(to_string(Cursor{{0x3A1F}, {43}, {2}}), "e3a1f-2b-2");
  EXPECT_EQ(to_string(Cursor{}), "e0-0-0");
  EXPECT_EQ(parse_cursor("e0-0-0"), Cursor{});
}

TEST(Cursor, RefusesOtherTexts) {
  for (const char* text : {"", "e", "0-0-0", "e1-2", "e1-2-", "e-2-3", "e1--3", "e1-2-3-",
                           "e1-2-3 ", " e1-2-3", "e1-2-g", "e+1-2-3", "e1-0x2-3", "e1_2_3",
                           "e1-10000000000-0",     // seq of 41 bits
                           "e20000000000000-1-0",  // epoch of 54 bits
                           "e10000000000000000-1-0"}) {
    EXPECT_FALSE(parse_cursor(text)) << text;
  }
}

RC_GTEST_PROP(CursorProperty, ReadsBackWhatItWrote, ()) {
  const Cursor cursor{{*rc::gen::inRange<std::uint64_t>(0, 1ULL << 53)},
                      {*rc::gen::inRange<std::uint64_t>(0, limits::seq_max + 1)},
                      {*rc::gen::inRange<std::uint64_t>(0, 1ULL << 53)}};
  RC_ASSERT(parse_cursor(to_string(cursor)) == cursor);
}

TEST(CursorValid, AtTheBeginningWhateverTheHistory) {
  EXPECT_TRUE(cursor_valid(Cursor{}, {}, Seq{0}));
  EXPECT_TRUE(cursor_valid(Cursor{lost, Seq{0}, {}}, two_starts, Seq{15}));
}

TEST(CursorValid, WithinAKnownEpochUpToTheHead) {
  EXPECT_TRUE(cursor_valid({first, Seq{9}, {}}, two_starts, Seq{15}));
  EXPECT_TRUE(cursor_valid({second, Seq{15}, {}}, two_starts, Seq{15}));
  EXPECT_FALSE(cursor_valid({second, Seq{16}, {}}, two_starts, Seq{15}));
}

TEST(CursorValid, NotOfAnUnknownEpochThoughItsSeqExists) {
  EXPECT_FALSE(cursor_valid({lost, Seq{5}, {}}, two_starts, Seq{15}));
}

TEST(CursorValid, NotWhereALaterEpochBeganAtOrBelowItsSeq) {
  EXPECT_FALSE(cursor_valid({first, Seq{10}, {}}, two_starts, Seq{15}));
  EXPECT_FALSE(cursor_valid({first, Seq{12}, {}}, two_starts, Seq{15}));
}

TEST(ForkPoint, IsTheLastSeqBeforeEitherHistoryWentItsOwnWay) {
  const Epochs theirs{{first, Seq{1}}, {lost, Seq{8}}};
  EXPECT_EQ(fork_point(theirs, two_starts, Seq{15}), Seq{7});
  EXPECT_EQ(fork_point({{first, Seq{1}}, {lost, Seq{12}}}, two_starts, Seq{15}), Seq{9});
}

TEST(ForkPoint, IsTheHeadWhenTheServerOnlyLostItsEnd) {
  EXPECT_EQ(fork_point(two_starts, two_starts, Seq{12}), Seq{12});
  EXPECT_EQ(fork_point(two_starts, {{first, Seq{1}}}, Seq{6}), Seq{6});
}

TEST(ForkPoint, IsTheBeginningWithoutACommonEpoch) {
  EXPECT_EQ(fork_point({}, two_starts, Seq{15}), Seq{0});
  EXPECT_EQ(fork_point({{lost, Seq{1}}}, two_starts, Seq{15}), Seq{0});
}

TEST(WithEpochOf, NamesTheEpochOfTheCursorInTheOrderOfTheRows) {
  const Epochs begun{{first, Seq{1}}, {lost, Seq{8}}, {second, Seq{10}}};
  EXPECT_EQ(with_epoch_of({lost, Seq{8}, {}}, two_starts), begun);
  // It has written nothing: another one began where it was to begin.
  const Epochs instead{{first, Seq{1}}, {second, Seq{10}}, {lost, Seq{10}}};
  EXPECT_EQ(with_epoch_of({lost, Seq{10}, {}}, two_starts), instead);
}

TEST(WithEpochOf, AddsNothingThatIsNamedOrThatIsTheBeginning) {
  EXPECT_EQ(with_epoch_of({second, Seq{12}, {}}, two_starts), two_starts);
  EXPECT_EQ(with_epoch_of({lost, Seq{0}, {}}, two_starts), two_starts);
}

}  // namespace
}  // namespace studiosync
