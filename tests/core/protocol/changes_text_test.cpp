#include "core/protocol/changes_text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/protocol/codec.hpp"
#include "tests/core/protocol/arbitrary_frame.hpp"

namespace studiosync {
namespace {

constexpr std::size_t changes_kind = 5;
static_assert(std::is_same_v<std::variant_alternative_t<changes_kind, Message>, Changes>);

// Nothing in it needs an escape or more digits than are read here.
Frame plain_page(std::uint64_t seed) {
  Frame frame = arbitrary_frame(changes_kind, seed);
  std::uint64_t number = 0;
  for (Record& record : std::get<Changes>(frame.body).changes) {
    record.rev.version = {++number};
    record.origin.device_seq = {number};
    if (!record.deleted) record.content = R"({"a":[1.5,null],"name":"a \"b\" ö"})";
    for (FieldVersion& version : record.field_versions) {
      version.field = "f" + std::to_string(++number);
      version.version = {number};
      version.origin.device_seq = {number};
    }
  }
  return frame;
}

// White space makes it another text of the same frame, which only the general readers take.
Result<Frame> read_generally(const std::string& text) {
  return decode(" " + text, Encoding::json);
}

RC_GTEST_PROP(ChangesText, ReadsThePagesThatWeWrite, (std::uint64_t seed)) {
  const std::string text = encode(plain_page(seed), Encoding::json);
  const auto page = read_changes_text(text);
  RC_ASSERT(page.has_value());
  RC_ASSERT(encode(*page, Encoding::json) == text);
  const auto general = read_generally(text);
  RC_ASSERT(general.has_value());
  RC_ASSERT(page->id == general->id);
  RC_ASSERT(std::get<Changes>(page->body).changes == std::get<Changes>(general->body).changes);
}

RC_GTEST_PROP(ChangesText, WhatIsReadIsWhatTheGeneralReadersMakeOfIt, (std::uint64_t seed)) {
  std::string text = encode(plain_page(seed), Encoding::json);
  const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
  if (*rc::gen::arbitrary<bool>()) {
    text[at] = *rc::gen::element('0', '"', '\\', ',', '{', '}', '\x01', '\xff', 'f');
  } else {
    text.erase(at, *rc::gen::inRange<std::size_t>(1, 40));
  }
  const auto page = read_changes_text(text);
  if (!page) return;
  const auto general = read_generally(text);
  RC_ASSERT(general.has_value());
  RC_ASSERT(encode(*page, Encoding::json) == encode(*general, Encoding::json));
}

TEST(ChangesText, LeavesOtherFramesAndFormsToTheGeneralReaders) {
  const std::string text = encode(plain_page(1), Encoding::json);
  ASSERT_TRUE(read_changes_text(text));
  EXPECT_FALSE(read_changes_text(""));
  EXPECT_FALSE(read_changes_text(text + " "));
  EXPECT_FALSE(read_changes_text(encode({"1", Pull{}}, Encoding::json)));
  EXPECT_FALSE(read_changes_text(encode({std::string(200, 'x'), Changes{}}, Encoding::json)));
  EXPECT_FALSE(decode(encode({std::string(200, 'x'), Changes{}}, Encoding::json), Encoding::json));
}

TEST(ChangesText, WhatItLeavesIsReadAllTheSame) {
  Frame frame = plain_page(1);
  auto& rows = std::get<Changes>(frame.body).changes;
  rows = {Record{.type = EntityType::preference,
                 .id = "a \"quoted\" id",
                 .seq = {1},
                 .content = R"({"value":1e-7})"}};
  const std::string text = encode(frame, Encoding::json);
  EXPECT_FALSE(read_changes_text(text));
  const auto general = decode(text, Encoding::json);
  ASSERT_TRUE(general);
  EXPECT_EQ(std::get<Changes>(general->body).changes, rows);
}

}  // namespace
}  // namespace studiosync
