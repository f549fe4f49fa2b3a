#include "core/ws/frame_cutter.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "core/ws/mask.hpp"

namespace studiosync {
namespace {

using namespace std::string_literals;

constexpr std::size_t message_bytes_max = 100'000;
const std::string accepted = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n";

class CutFrames : public ::testing::Test, protected FrameCutter::Sink {
 protected:
  bool on_other_bytes(std::string_view bytes) override {
    other += bytes;
    return taking;
  }
  void on_whole_text(std::string payload) override { texts.push_back(std::move(payload)); }
  bool takes_messages() const override { return open; }

  // With its length in the shortest form.
  static std::string header(std::uint8_t first, std::size_t length, int mask_bit) {
    std::string bytes(1, static_cast<char>(first));
    const int more = length < 126 ? 0 : length < 65'536 ? 2 : 8;
    const std::size_t short_length = more == 0 ? length : more == 2 ? 126 : 127;
    bytes += static_cast<char>(short_length | static_cast<std::size_t>(mask_bit));
    for (int i = more - 1; i >= 0; --i) bytes += static_cast<char>(length >> (8 * i) & 0xff);
    return bytes;
  }
  static std::string frame(std::uint8_t first, const std::string& payload) {
    return header(first, payload.size(), 0) + payload;
  }
  static std::string masked_frame(std::uint8_t first, std::string payload, const MaskKey& key) {
    const std::string begin = header(first, payload.size(), 0x80);
    apply_mask(payload, key);
    return begin + std::string(key.begin(), key.end()) + payload;
  }

  bool taking = true;
  bool open = true;
  std::string other;
  std::vector<std::string> texts;
  FrameCutter cutter{*this, Masking::none, message_bytes_max};
};

const std::string text_of_each_length_form = std::string(300, 'x') + "Gr\xc3\xbc\xc3\x9f" + "e";

TEST_F(CutFrames, TakesWholeTextsWhereverTheBytesAreCut) {
  const std::string large(70'000, 'y');
  const std::string bytes = accepted + frame(0x81, "one") + frame(0x81, text_of_each_length_form) +
                            frame(0x89, "ping") + frame(0x81, large);
  for (const std::size_t piece :
       {std::size_t{1}, std::size_t{7}, std::size_t{4096}, bytes.size()}) {
    other.clear();
    texts.clear();
    FrameCutter anew(*this, Masking::none, message_bytes_max);
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
      ASSERT_TRUE(anew.feed(std::string_view(bytes).substr(at, piece)));
    }
    EXPECT_EQ(texts, (std::vector{"one"s, text_of_each_length_form, large})) << piece;
    EXPECT_EQ(other, accepted + frame(0x89, "ping")) << piece;
  }
}

TEST_F(CutFrames, LeavesFragmentsAndWhatComesBetweenThemToTheOther) {
  const std::string fragments = frame(0x01, "be") + frame(0x89, "") + frame(0x80, "gin");
  EXPECT_TRUE(cutter.feed(accepted + fragments + frame(0x81, "whole")));
  EXPECT_EQ(other, accepted + fragments);
  EXPECT_EQ(texts, std::vector{"whole"s});
}

TEST_F(CutFrames, LeavesAWholeTextWithinAFragmentedOneToBeRefused) {
  const std::string broken = frame(0x01, "be") + frame(0x81, "whole");
  EXPECT_TRUE(cutter.feed(accepted + broken));
  EXPECT_EQ(other, accepted + broken);
  EXPECT_TRUE(texts.empty());
}

TEST_F(CutFrames, LeavesWhatBreaksTheRulesAndAllBehindItToBeRefused) {
  const std::string masked = "\x81\x83"s + "abcdxyz";
  const std::string reserved = frame(0xc1, "compressed");
  const std::string too_large = frame(0x81, std::string(message_bytes_max + 1, 'z'));
  const std::string long_form = "\x81\x7e\x00\x03"s + "abc";
  for (const std::string& bad : {masked, reserved, too_large, long_form}) {
    other.clear();
    FrameCutter anew(*this, Masking::none, message_bytes_max);
    EXPECT_TRUE(anew.feed(accepted + bad + frame(0x81, "behind")));
    EXPECT_EQ(other, accepted + bad + frame(0x81, "behind"));
  }
  EXPECT_TRUE(texts.empty());
}

TEST_F(CutFrames, LeavesATextThatIsNotUtf8ToBeRefused) {
  const std::string bad = frame(0x81, "valid for long enough, then \xc3(");
  EXPECT_TRUE(cutter.feed(accepted + bad));
  EXPECT_EQ(other, accepted + bad);
  EXPECT_TRUE(texts.empty());
}

constexpr MaskKey a_key{'\x37', '\xfa', '\x21', '\x3d'};

// RFC 6455 section 5.7 has this frame as an example.
TEST_F(CutFrames, UnmasksWhatAClientSends) {
  FrameCutter clients(*this, Masking::masked, message_bytes_max);
  const std::string hello = "\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58"s;
  const std::string bytes =
      hello + masked_frame(0x81, text_of_each_length_form, a_key) + masked_frame(0x89, "p", a_key);
  ASSERT_TRUE(clients.feed(accepted));
  for (const char byte : bytes) ASSERT_TRUE(clients.feed({&byte, 1}));
  EXPECT_EQ(texts, (std::vector{"Hello"s, text_of_each_length_form}));
  EXPECT_EQ(other, accepted + masked_frame(0x89, "p", a_key));
}

TEST_F(CutFrames, LeavesWhatAClientMayNotSendAsItCame) {
  const std::string bad_text = masked_frame(0x81, "then \xc3(", a_key);
  for (const std::string& bad : {bad_text, frame(0x81, "not masked")}) {
    other.clear();
    FrameCutter clients(*this, Masking::masked, message_bytes_max);
    EXPECT_TRUE(clients.feed(accepted + bad));
    EXPECT_EQ(other, accepted + bad);
  }
  EXPECT_TRUE(texts.empty());
}

TEST(Mask, IsUndoneByItselfAtEveryLength) {
  for (std::size_t length = 0; length < 40; ++length) {
    const std::string plain(length, 'm');
    std::string masked = plain;
    apply_mask(masked, a_key);
    for (std::size_t i = 0; i < length; ++i) EXPECT_EQ(masked[i], char('m' ^ a_key[i % 4]));
    apply_mask(masked, a_key);
    EXPECT_EQ(masked, plain);
  }
}

TEST_F(CutFrames, LooksAtNothingWhereTheUpgradeWasRefused) {
  open = false;
  const std::string refused = "HTTP/1.1 401 Unauthorized\r\n\r\n" + frame(0x81, "body");
  EXPECT_TRUE(cutter.feed(refused));
  EXPECT_EQ(other, refused);
  EXPECT_TRUE(texts.empty());
}

TEST_F(CutFrames, StopsWhereTheOtherTakesNoMore) {
  EXPECT_TRUE(cutter.feed(accepted));
  taking = false;
  EXPECT_FALSE(cutter.feed(frame(0x88, "") + frame(0x81, "late")));
  EXPECT_TRUE(texts.empty());
}

}  // namespace
}  // namespace studiosync
