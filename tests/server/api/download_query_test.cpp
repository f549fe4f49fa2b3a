#include "server/api/download_query.hpp"

#include <gtest/gtest.h>

namespace studiosync::server {
namespace {

Result<DownloadQuery> read(Headers query) {
  return read_download_query({.method = "GET", .query = std::move(query)});
}

std::string refused(const std::string& name, const std::string& value) {
  const auto query = read({{"device_id", "d-1"}, {name, value}});
  return query ? "none" : query.error().path;
}

TEST(DownloadQuery, BeginsAtTheBeginningWhenNothingElseIsSaid) {
  const auto query = read({{"device_id", "d-1"}});
  ASSERT_TRUE(query);
  EXPECT_EQ(query->device, DeviceId{"d-1"});
  EXPECT_EQ(query->cursor, DownloadCursor{});
  EXPECT_FALSE(query->by_time);
  EXPECT_EQ(query->limit, 100U);
}

TEST(DownloadQuery, WantsADevice) {
  EXPECT_EQ(read({}).error().path, "device_id");
  EXPECT_EQ(read({{"device_id", "a/b"}}).error().path, "device_id");
}

TEST(DownloadQuery, ContinuesByTimeOrByCursor) {
  const auto by_time = read({{"device_id", "d-1"}, {"since", "2026-01-31T12:00:00Z"}});
  ASSERT_TRUE(by_time);
  EXPECT_TRUE(by_time->by_time);
  EXPECT_EQ(to_rfc3339(*by_time->since), "2026-01-31T12:00:00.000000Z");
  const DownloadCursor cursor{{Epoch{7}, Seq{9}, Generation{1}}, std::nullopt};
  const auto by_cursor = read(
      {{"device_id", "d-1"}, {"since", "2026-01-31T12:00:00Z"}, {"cursor", to_string(cursor)}});
  ASSERT_TRUE(by_cursor);
  EXPECT_FALSE(by_cursor->by_time);
  EXPECT_EQ(by_cursor->cursor, cursor);
}

TEST(DownloadQuery, TakesTheCursorOfADownloadThatBeganAtTheBeginning) {
  const DownloadCursor cursor{{Epoch{7}, Seq{9}, {}}, Cursor{Epoch{8}, Seq{501}, {}}};
  EXPECT_EQ(read({{"device_id", "d-1"}, {"cursor", to_string(cursor)}})->cursor, cursor);
}

TEST(DownloadQuery, GivesAtMostAThousandRows) {
  EXPECT_EQ(read({{"device_id", "d-1"}, {"limit", "1000"}})->limit, 1'000U);
  EXPECT_EQ(read({{"device_id", "d-1"}, {"limit", "5000"}})->limit, 1'000U);
  EXPECT_EQ(read({{"device_id", "d-1"}, {"limit", "1"}})->limit, 1U);
}

TEST(DownloadQuery, NamesTheParameterThatIsWrong) {
  EXPECT_EQ(refused("limit", "0"), "limit");
  EXPECT_EQ(refused("limit", "-1"), "limit");
  EXPECT_EQ(refused("limit", "10x"), "limit");
  EXPECT_EQ(refused("since", "yesterday"), "since");
  for (const char* text : {"12", "e7-9-0.", "e7-9-0.12", ".e7-9-0", "e7-9-0.e8-f-0.e8-f-0"})
    EXPECT_EQ(refused("cursor", text), "cursor") << text;
}

}  // namespace
}  // namespace studiosync::server
