#include "server/store/field_versions.hpp"

#include <gtest/gtest.h>

namespace studiosync::server {
namespace {

const std::vector<FieldVersion> some{
    {"name", Version{1}, {ReplicaId{{1, 2, 3}}, DeviceSeq{127}, Stamp{0xFFFFFFFFFFFFFFFF}}},
    {"größe", Version{128}, {ReplicaId{}, DeviceSeq{UINT64_MAX}, Stamp{1}}},
    {"", Version{0}, {}}};

TEST(FieldVersions, ReadBackAsTheyWereWritten) {
  EXPECT_EQ(decode_field_versions(encode_field_versions(some)), some);
  EXPECT_EQ(decode_field_versions({}), std::vector<FieldVersion>{});
}

TEST(FieldVersions, AreRefusedWhenCutAnywhereInsideAnEntry) {
  const std::vector<FieldVersion> one{some[0]};
  const auto bytes = encode_field_versions(one);
  for (std::size_t length = 1; length < bytes.size(); ++length)
    EXPECT_FALSE(decode_field_versions(std::span(bytes).first(length))) << length;
}

TEST(FieldVersions, AreRefusedWithANumberThatNeverEnds) {
  EXPECT_FALSE(decode_field_versions(std::vector<std::uint8_t>(64, 0xff)));
}

}  // namespace
}  // namespace studiosync::server
