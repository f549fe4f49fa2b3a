// Laws of the codec over arbitrary frames, in both encodings.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/protocol/codec.hpp"
#include "tests/core/protocol/arbitrary_frame.hpp"

namespace studiosync {
namespace {

Frame any_frame() {
  const auto kind = *rc::gen::inRange<std::size_t>(0, std::variant_size_v<Message>);
  return arbitrary_frame(kind, *rc::gen::arbitrary<std::uint64_t>());
}

Encoding any_encoding() {
  return *rc::gen::element(Encoding::json, Encoding::cbor);
}

RC_GTEST_PROP(CodecProperty, ReadsBackWhatItWrote, ()) {
  const Frame frame = any_frame();
  const Encoding encoding = any_encoding();
  const std::string bytes = encode(frame, encoding);
  const auto back = decode(bytes, encoding);
  RC_ASSERT(back.has_value());
  RC_ASSERT(back->body.index() == frame.body.index());
  RC_ASSERT(encode(*back, encoding) == bytes);
}

RC_GTEST_PROP(CodecProperty, BothEncodingsCarryTheSameFrame, ()) {
  const Frame frame = any_frame();
  const auto from_cbor = decode(encode(frame, Encoding::cbor), Encoding::cbor);
  RC_ASSERT(from_cbor.has_value());
  RC_ASSERT(encode(*from_cbor, Encoding::json) == encode(frame, Encoding::json));
}

RC_GTEST_PROP(CodecProperty, MutatedBytesAreRefusedOrReadButNeverACrash, ()) {
  const Encoding encoding = any_encoding();
  std::string bytes = encode(any_frame(), encoding);
  for (int n = *rc::gen::inRange(1, 4); n > 0; --n) {
    const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size());
    switch (*rc::gen::inRange(0, 3)) {
      case 0:
        bytes[at] = *rc::gen::arbitrary<char>();
        break;
      case 1:
        bytes.erase(at, 1 + *rc::gen::inRange<std::size_t>(0, 8));
        break;
      default:
        bytes.insert(at, 1, *rc::gen::arbitrary<char>());
    }
    RC_PRE(!bytes.empty());
  }
  // Whatever is accepted is a frame like any other: it can be sent on and is read the same again.
  if (const auto frame = decode(bytes, encoding)) {
    const std::string again = encode(*frame, encoding);
    const auto second = decode(again, encoding);
    if (second) RC_ASSERT(encode(*second, encoding) == again);
  }
}

RC_GTEST_PROP(CodecProperty, ACutFrameIsRefused, ()) {
  const Encoding encoding = any_encoding();
  const std::string bytes = encode(any_frame(), encoding);
  const auto length = *rc::gen::inRange<std::size_t>(0, bytes.size());
  RC_ASSERT(!decode(bytes.substr(0, length), encoding).has_value());
}

}  // namespace
}  // namespace studiosync
