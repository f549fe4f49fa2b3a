// Laws of both encodings over arbitrary values.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <bit>
#include <cmath>

#include "core/base/json.hpp"

namespace studiosync {
namespace {

rc::Gen<std::string> text() {
  using Code = std::uint32_t;
  const auto code = rc::gen::oneOf(
      rc::gen::inRange<Code>(0, 0x80), rc::gen::inRange<Code>(0x80, 0x800),
      rc::gen::inRange<Code>(0xE000, 0x10000), rc::gen::inRange<Code>(0x10000, 0x110000));
  return rc::gen::map(rc::gen::container<std::vector<Code>>(code), [](const auto& codes) {
    std::string utf8;
    for (const Code c : codes) {
      const auto tail = [&](unsigned shift) {
        return static_cast<char>(0x80 | (c >> shift & 0x3F));
      };
      if (c < 0x80) {
        utf8 += static_cast<char>(c);
      } else if (c < 0x800) {
        (utf8 += static_cast<char>(0xC0 | c >> 6)) += tail(0);
      } else if (c < 0x10000) {
        ((utf8 += static_cast<char>(0xE0 | c >> 12)) += tail(6)) += tail(0);
      } else {
        (((utf8 += static_cast<char>(0xF0 | c >> 18)) += tail(12)) += tail(6)) += tail(0);
      }
    }
    return utf8;
  });
}

rc::Gen<double> finite() {
  return rc::gen::map(rc::gen::arbitrary<std::uint64_t>(), [](std::uint64_t bits) {
    const double d = std::bit_cast<double>(bits);
    return std::isfinite(d) ? d : 0.5;
  });
}

rc::Gen<Json> scalar() {
  const auto json = [](auto value) { return Json(std::move(value)); };
  return rc::gen::oneOf(rc::gen::just(Json()), rc::gen::map(rc::gen::arbitrary<bool>(), json),
                        rc::gen::map(rc::gen::arbitrary<std::int64_t>(), json),
                        rc::gen::map(rc::gen::arbitrary<std::uint64_t>(), json),
                        rc::gen::map(finite(), json), rc::gen::map(text(), json));
}

rc::Gen<Json> value(int depth) {
  if (depth == 0) return scalar();
  const auto items = rc::gen::map(rc::gen::container<std::vector<Json>>(value(depth - 1)),
                                  [](Json::Array array) { return Json(std::move(array)); });
  const auto members =
      rc::gen::map(rc::gen::container<std::map<std::string, Json>>(text(), value(depth - 1)),
                   [](const auto& map) {
                     Json object = Json::object();
                     for (const auto& [key, member] : map) object.set(key, member);
                     return object;
                   });
  return rc::gen::oneOf(scalar(), items, members);
}

RC_GTEST_PROP(JsonProperty, CanonicalTextParsesToItself, ()) {
  const std::string once = (*value(2)).canonical();
  const auto parsed = parse_json(once);
  RC_ASSERT(parsed.has_value());
  RC_ASSERT(parsed->canonical() == once);
  RC_ASSERT(parsed->dump() == once);
}

RC_GTEST_PROP(JsonProperty, CborCarriesTheSameValue, ()) {
  const Json json = *value(2);
  const auto parsed = parse_cbor(to_cbor(json));
  RC_ASSERT(parsed.has_value());
  RC_ASSERT(parsed->canonical() == json.canonical());
}

RC_GTEST_PROP(JsonProperty, AFlippedByteOfCborIsRefusedOrReadButNeverACrash, ()) {
  std::string bytes = to_cbor(*value(2));
  const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size());
  bytes[at] = *rc::gen::arbitrary<char>();
  if (const auto parsed = parse_cbor(bytes)) {
    RC_ASSERT(parse_cbor(to_cbor(*parsed))->canonical() == parsed->canonical());
  }
}

}  // namespace
}  // namespace studiosync
