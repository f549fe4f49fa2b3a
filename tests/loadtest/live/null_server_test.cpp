// The generator against a server that does nothing: everything is accepted and arrives.
#include <gtest/gtest.h>

#include "loadtest/null_server/null_server.hpp"
#include "tests/loadtest/live/load_fixture.hpp"

namespace studiosync::load {
namespace {

Results run_against_nothing(const std::string& scenario) {
  NullServer server(0);
  EXPECT_TRUE(server.start().has_value());
  Meddler nobody;
  RunOptions options = short_run(server.url(), scenario);
  options.verify = false;
  options.contents = Contents::small;
  auto results = run_load(options, nobody);
  EXPECT_TRUE(results.has_value()) << results.error().message;
  return results.value_or(Results{});
}

TEST(NullServer, AcknowledgesEveryEditAndTellsTheOtherDevice) {
  const Results results = run_against_nothing("steady");
  const Counts counts = results.total();
  EXPECT_EQ(counts.all_errors(), 0U);
  EXPECT_EQ(counts.acknowledged, 60U);
  EXPECT_EQ(results.total(Timing::propagation).count(), 60U);
  ASSERT_TRUE(results.fill.has_value());
  EXPECT_EQ(results.fill->records, 40U);
}

TEST(NullServer, GivesANewDeviceAsManyRecordsAsWerePushed) {
  const Results results = run_against_nothing("initial");
  EXPECT_EQ(results.total().all_errors(), 0U);
  const std::uint64_t readers = results.total(Timing::first_sync).count();
  EXPECT_GT(readers, 0U);
  EXPECT_EQ(results.total().applied, readers * 20);
}

TEST(NullServer, GivesAThinReaderTheSame) {
  const Results results = run_against_nothing("download");
  EXPECT_EQ(results.total().all_errors(), 0U);
  const std::uint64_t readers = results.total(Timing::first_sync).count();
  EXPECT_EQ(readers, 60U);
  EXPECT_EQ(results.total().applied, readers * 20);
}

}  // namespace
}  // namespace studiosync::load
