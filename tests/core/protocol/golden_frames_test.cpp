// The bytes of the wire are a promise: every frame of fixtures/protocol is read and written
// unchanged.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "core/base/hex.hpp"
#include "core/protocol/codec.hpp"

namespace studiosync {
namespace {

const std::filesystem::path folder = STUDIOSYNC_FIXTURES "/protocol";

std::string read_line(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string line;
  std::getline(in, line);
  return line;
}

std::vector<std::string> frame_names() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".json") names.push_back(entry.path().stem());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string hex_of(const std::string& raw) {
  return to_hex({reinterpret_cast<const std::uint8_t*>(raw.data()), raw.size()});
}

std::string bytes_of(const std::string& hex) {
  const auto raw = from_hex(hex).value();
  return {raw.begin(), raw.end()};
}

class GoldenFrame : public testing::TestWithParam<std::string> {
 protected:
  const std::string json_ = read_line(folder / (GetParam() + ".json"));
  const std::string cbor_hex_ = read_line(folder / (GetParam() + ".cbor.hex"));
};

TEST_P(GoldenFrame, IsWrittenInBothEncodingsAsItWasReadFromJson) {
  const auto frame = decode(json_, Encoding::json);
  ASSERT_TRUE(frame) << frame.error().path << ": " << frame.error().message;
  EXPECT_EQ(encode(*frame, Encoding::json), json_);
  EXPECT_EQ(hex_of(encode(*frame, Encoding::cbor)), cbor_hex_);
}

TEST_P(GoldenFrame, IsWrittenInBothEncodingsAsItWasReadFromCbor) {
  const auto frame = decode(bytes_of(cbor_hex_), Encoding::cbor);
  ASSERT_TRUE(frame) << frame.error().path << ": " << frame.error().message;
  EXPECT_EQ(encode(*frame, Encoding::json), json_);
  EXPECT_EQ(hex_of(encode(*frame, Encoding::cbor)), cbor_hex_);
}

INSTANTIATE_TEST_SUITE_P(Fixtures, GoldenFrame, testing::ValuesIn(frame_names()),
                         [](const auto& instance) { return instance.param; });

TEST(GoldenFrames, CoverEveryKindOfMessage) {
  std::set<std::size_t> kinds;
  for (const std::string& name : frame_names()) {
    kinds.insert(decode(read_line(folder / (name + ".json")), Encoding::json).value().body.index());
  }
  EXPECT_EQ(kinds.size(), std::variant_size_v<Message>);
}

// Every JSON frame of the protocol document is one that we would send or accept.
TEST(ProtocolDocument, ShowsFramesThatDecodeToWhatTheySay) {
  std::ifstream in(STUDIOSYNC_SOURCE "/docs/PROTOCOL.md");
  std::string line;
  std::string block;
  bool inside = false;
  int frames = 0;
  while (std::getline(in, line)) {
    if (!inside) {
      inside = line == "```json";
      block.clear();
      continue;
    }
    if (line != "```") {
      block += line + "\n";
      continue;
    }
    inside = false;
    const auto json = parse_json(block);
    ASSERT_TRUE(json) << json.error().message << "\n" << block;
    if (json->find("type") == nullptr) continue;
    const auto frame = decode(block, Encoding::json);
    ASSERT_TRUE(frame) << frame.error().path << ": " << frame.error().message << "\n" << block;
    EXPECT_EQ(parse_json(encode(*frame, Encoding::json))->canonical(), json->canonical());
    ++frames;
  }
  EXPECT_GE(frames, static_cast<int>(std::variant_size_v<Message>));
}

}  // namespace
}  // namespace studiosync
