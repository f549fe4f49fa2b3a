#include <gtest/gtest.h>

#include <cmath>

#include "core/base/hex.hpp"
#include "core/base/json.hpp"
#include "core/base/limits.hpp"

namespace studiosync {
namespace {

std::string bytes(std::string_view hex) {
  const auto raw = from_hex(hex);
  return {raw->begin(), raw->end()};
}

std::string hex_of(const std::string& raw) {
  return to_hex({reinterpret_cast<const std::uint8_t*>(raw.data()), raw.size()});
}

bool refused(const std::string& raw) {
  const auto parsed = parse_cbor(raw);
  return !parsed && parsed.error().code == ErrorCode::bad_request;
}

// Examples of RFC 8949 appendix A that the JSON data model has, and their JSON.
struct Example {
  const char* hex;
  const char* json;
};
constexpr Example examples[] = {
    {"00", "0"},
    {"17", "23"},
    {"1818", "24"},
    {"1903e8", "1000"},
    {"1a000f4240", "1000000"},
    {"1b000000e8d4a51000", "1000000000000"},
    {"1bffffffffffffffff", "18446744073709551615"},
    {"20", "-1"},
    {"3863", "-100"},
    {"3903e7", "-1000"},
    {"fb3ff199999999999a", "1.1"},
    {"fb7e37e43c8800759c", "1e+300"},
    {"f4", "false"},
    {"f5", "true"},
    {"f6", "null"},
    {"60", "\"\""},
    {"62225c", "\"\\\"\\\\\""},
    {"62c3bc", "\"\u00fc\""},
    {"64f0908591", "\"\U00010151\""},
    {"80", "[]"},
    {"8301820203820405", "[1,[2,3],[4,5]]"},
    {"a0", "{}"},
    {"a26161016162820203", "{\"a\":1,\"b\":[2,3]}"},
    {"826161a161626163", "[\"a\",{\"b\":\"c\"}]"},
};

TEST(Cbor, ReadsTheExamplesOfRfc8949) {
  for (const Example& example : examples) {
    const auto parsed = parse_cbor(bytes(example.hex));
    ASSERT_TRUE(parsed) << example.hex << ": " << parsed.error().message;
    EXPECT_EQ(parsed->canonical(), example.json) << example.hex;
  }
}

TEST(Cbor, WritesTheExamplesOfRfc8949) {
  for (const Example& example : examples) {
    EXPECT_EQ(hex_of(to_cbor(*parse_json(example.json))), example.hex) << example.json;
  }
}

TEST(Cbor, ReadsShorterFloats) {
  EXPECT_EQ(parse_cbor(bytes("f93c00"))->as_double(), 1.0);
  EXPECT_EQ(parse_cbor(bytes("f90001"))->as_double(), 5.960464477539063e-8);
  EXPECT_EQ(parse_cbor(bytes("f9c400"))->as_double(), -4.0);
  EXPECT_EQ(parse_cbor(bytes("fa47c35000"))->as_double(), 100000.0);
}

TEST(Cbor, WritesRawTextAsItsValue) {
  EXPECT_EQ(hex_of(to_cbor(Json::raw(R"({"a": [1, 2.5]})"))),
            "a16161820"
            "1fb4004000000000000");
}

TEST(Cbor, SortsAnObjectsMembers) {
  EXPECT_EQ(parse_cbor(bytes("a2616202616101"))->dump(), R"({"a":1,"b":2})");
}

TEST(Cbor, RefusesWhatJsonDoesNotHave) {
  for (const char* hex :
       {"f7", "f0", "f818", "c074323031332d30332d3231", "d82076", "4401020304", "f97e00", "f97c00",
        "fa7f800000", "fbfff0000000000000", "3bffffffffffffffff", "a10102", "a1f601", "a1810102"}) {
    EXPECT_TRUE(refused(bytes(hex))) << hex;
  }
}

TEST(Cbor, RefusesIndefiniteLengthsAndReservedForms) {
  for (const char* hex : {"5f42010243030405ff", "7f657374726561646d696e67ff", "9fff", "9f01ff",
                          "bf6161f5ff", "ff", "1c", "3d", "5e", "7c", "fc"}) {
    EXPECT_TRUE(refused(bytes(hex))) << hex;
  }
}

TEST(Cbor, RefusesWhatIsCutShortAndWhatIsBehindTheItem) {
  for (const char* hex : {"", "18", "19ff", "1b00", "61", "6261", "81", "8201", "a1", "a16161",
                          "0000", "8000", "f4f4"}) {
    EXPECT_TRUE(refused(bytes(hex))) << hex;
  }
}

TEST(Cbor, RefusesTextThatIsNotUtf8AndKeysThatStandTwice) {
  EXPECT_TRUE(refused(bytes("61ff")));
  EXPECT_TRUE(refused(bytes("a161ff01")));
  EXPECT_TRUE(refused(bytes("a2616101616102")));
}

TEST(Cbor, RefusesLengthsThatNothingBacksWithoutReservingMemory) {
  for (const char* hex : {"9bffffffffffffffff", "bbffffffffffffffff", "bb8000000000000000",
                          "7bffffffffffffffff", "9a7fffffff00", "81819a7fffffff00"}) {
    EXPECT_TRUE(refused(bytes(hex))) << hex;
  }
}

TEST(Cbor, RefusesAMegabyteOfNestedHeads) {
  for (const int head : {0x7F, 0x5F, 0x9F, 0xBF, 0x81, 0xA1, 0xC0}) {
    EXPECT_TRUE(refused(std::string(1'000'000, static_cast<char>(head)))) << head;
  }
}

TEST(Cbor, AcceptsTheDeepestAllowedNestingAndRefusesOneMore) {
  EXPECT_TRUE(parse_cbor(std::string(limits::depth_max - 1, '\x81') + '\x80'));
  EXPECT_TRUE(refused(std::string(limits::depth_max, '\x81') + '\x80'));
}

// An array of `zeros` numbers, its count in 32 bits.
std::string zeros_cbor(std::uint32_t zeros) {
  std::string raw = "\x9a";
  for (int shift = 24; shift >= 0; shift -= 8) raw += static_cast<char>(zeros >> shift & 0xFF);
  return raw.append(zeros, '\0');
}

TEST(Cbor, AcceptsTheLargestNumberOfValuesAndRefusesOneMore) {
  constexpr auto items_max = static_cast<std::uint32_t>(limits::values_max) - 1;  // and the array
  EXPECT_TRUE(parse_cbor(zeros_cbor(items_max)));
  EXPECT_TRUE(refused(zeros_cbor(items_max + 1)));
}

}  // namespace
}  // namespace studiosync
