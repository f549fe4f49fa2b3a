#include "bench/stack/figure.hpp"

#include <gtest/gtest.h>

namespace studiosync::bench {
namespace {

enum Machine : bool { busy, quiet };

Figure figure(double measured, Machine machine) {
  const Json limits = Json::object()
                          .set("fsync_us", 100)
                          .set("fsync_before_us", 100)
                          .set("fsync_after_us", 100)
                          .set("fsync_p10_us", 90)
                          .set("hop_us", 10);
  return {.name = "a figure",
          .headlines = {{.name = "a latency", .measured = measured, .limit = 1, .target = 10}},
          .limits = limits,
          .quiet = machine == quiet};
}

TEST(StackFigure, IsMetWhereTheMachineWasQuiet) {
  EXPECT_EQ(verdict({figure(10, quiet), figure(1, quiet)}), Verdict::met);
  EXPECT_EQ(verdict({figure(1, quiet), figure(11, quiet)}), Verdict::missed);
}

// A busy machine lengthens F, and the targets that are multiples of it: met says nothing.
TEST(StackFigure, SaysNothingWhereTheMachineWasBusy) {
  EXPECT_EQ(verdict({figure(1, busy), figure(1, quiet)}), Verdict::none);
  EXPECT_EQ(verdict({figure(11, busy)}), Verdict::none);
}

TEST(StackFigure, MissesWhateverElseWasVoid) {
  EXPECT_EQ(verdict({figure(1, busy), figure(11, quiet)}), Verdict::missed);
}

TEST(StackFigure, IsShownAsVoidWhereTheMachineWasBusy) {
  EXPECT_NE(to_table({figure(1, quiet)}).find("met"), std::string::npos);
  EXPECT_EQ(to_table({figure(1, busy)}).find("met"), std::string::npos);
  EXPECT_NE(to_table({figure(1, busy)}).find("void"), std::string::npos);
  EXPECT_EQ(to_json({figure(1, busy)}).dump().find(R"("met":true)"), std::string::npos);
}

}  // namespace
}  // namespace studiosync::bench
