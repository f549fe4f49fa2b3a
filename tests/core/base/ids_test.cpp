#include "core/base/ids.hpp"

#include <gtest/gtest.h>

#include "core/base/random.hpp"

namespace studiosync {
namespace {

constexpr const char* sample = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f";

TEST(Uuid, IsWrittenAsItWasRead) {
  EXPECT_EQ(to_string(*parse_uuid<ChangeId>(sample)), sample);
  EXPECT_EQ(to_string(*parse_uuid<ChangeId>("017F22E2-79B0-7CC3-98C4-DC0C0C07398F")), sample);
}

TEST(Uuid, RefusesOtherTexts) {
  for (const char* text :
       {"", "017f22e279b07cc398c4dc0c0c07398f", "017f22e2-79b0-7cc3-98c4-dc0c0c07398",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398g", "017f22e2-79b0-7cc3-98c4_dc0c0c07398f",
        "{17f22e2-79b0-7cc3-98c4-dc0c0c07398f", "017f22e2-79b0-7cc3-98c4-dc0c0c07398f0"}) {
    EXPECT_FALSE(parse_uuid<ChangeId>(text)) << text;
  }
}

TEST(Uuid, OfVersionSevenCarriesTheTimeVersionAndVariant) {
  Random random(1);
  const std::string text = uuid_text(uuid_v7(0x017F22E279B0, random));
  EXPECT_EQ(text.substr(0, 13), "017f22e2-79b0");
  EXPECT_EQ(text[14], '7');
  EXPECT_NE(std::string("89ab").find(text[19]), std::string::npos);
}

TEST(Uuid, OfVersionSevenSortsByTimeAndDoesNotRepeat) {
  Random random(1);
  EXPECT_LT(uuid_v7(1000, random), uuid_v7(1001, random));
  EXPECT_NE(uuid_v7(1000, random), uuid_v7(1000, random));
}

TEST(Uuid, ASuccessorIsAnotherOneOfTheSameLine) {
  Random random(1);
  const ReplicaId first{uuid_v7(1000, random)};
  const ReplicaId next = successor_of(first, 1000, random);
  EXPECT_NE(next, first);
  EXPECT_TRUE(of_one_line(first, next));
  EXPECT_TRUE(of_one_line(first, successor_of(next, 2000, random)));
  EXPECT_FALSE(of_one_line(first, {uuid_v7(1000, random)}));
}

TEST(Uuid, TheSuccessorOfNoneBeginsALine) {
  Random random(1);
  const ReplicaId first = successor_of({}, 1000, random);
  EXPECT_FALSE(of_one_line(first, successor_of({}, 1000, random)));
}

TEST(Uuid, NilMeansNone) {
  EXPECT_TRUE(ReplicaId().nil());
  EXPECT_FALSE(parse_uuid<ReplicaId>(sample)->nil());
}

TEST(Number, OrdersAndCounts) {
  EXPECT_LT(Seq{1}, Seq{1}.next());
  EXPECT_FALSE(Seq{});
  EXPECT_TRUE(Seq{1});
}

}  // namespace
}  // namespace studiosync
