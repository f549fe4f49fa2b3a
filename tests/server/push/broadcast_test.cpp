#include "server/push/broadcast.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace studiosync::server {
namespace {

Changes two_rows() {
  Changes changes{.from = {Epoch{7}, Seq{1}, {}}, .to = {Epoch{7}, Seq{3}, {}}};
  for (const char* id : {"q1", "q2"}) {
    Record row{.type = EntityType::saved_query, .id = id};
    row.rev = {Epoch{7}, Version{1}};
    row.content = R"({"name":"n","query":"SELECT 1"})";
    changes.changes.push_back(row);
  }
  return changes;
}

TEST(Broadcast, IsTheSameFrameInBothEncodings) {
  const Broadcast broadcast(two_rows());
  for (const Encoding encoding : {Encoding::json, Encoding::cbor}) {
    const auto frame = decode(*broadcast.bytes(encoding), encoding);
    ASSERT_TRUE(frame);
    EXPECT_EQ(frame->id, "");
    const auto& changes = std::get<Changes>(frame->body);
    EXPECT_EQ(changes.from, broadcast.changes().from);
    EXPECT_EQ(changes.to, broadcast.changes().to);
    ASSERT_EQ(changes.changes.size(), 2U);
    EXPECT_EQ(changes.changes[1].id, "q2");
  }
}

TEST(Broadcast, WeighsAboutWhatItsFrameDoes) {
  Changes changes = two_rows();
  for (int i = 0; i < 1000; ++i) {
    changes.changes[0].field_versions.push_back({"field " + std::to_string(i), Version{1}, {}});
  }
  const Broadcast broadcast(std::move(changes));
  const std::size_t frame = broadcast.bytes(Encoding::json)->size();
  EXPECT_GT(broadcast.row_bytes(), frame * 3 / 4);
  EXPECT_LT(broadcast.row_bytes(), frame * 3 / 2);
}

TEST(Broadcast, EncodesOnceForAnyNumberOfDevices) {
  const Broadcast broadcast(two_rows());
  EXPECT_EQ(broadcast.bytes(Encoding::json), broadcast.bytes(Encoding::json));
  EXPECT_NE(broadcast.bytes(Encoding::json), broadcast.bytes(Encoding::cbor));
}

TEST(Broadcast, EncodesOnceWhenThreadsAskTogether) {
  const Broadcast broadcast(two_rows());
  std::vector<std::shared_ptr<const std::string>> answers(8);
  std::vector<std::thread> threads;
  for (auto& answer : answers) {
    threads.emplace_back([&] { answer = broadcast.bytes(Encoding::json); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const auto& answer : answers) EXPECT_EQ(answer, answers.front());
}

}  // namespace
}  // namespace studiosync::server
