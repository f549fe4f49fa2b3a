#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "core/base/limits.hpp"
#include "core/conflicts/hybrid_clock.hpp"

namespace studiosync {
namespace {

// Wall clocks that jump back and forth by up to twice the skew that is tolerated.
WallTime any_time() {
  return WallTime{1'000'000'000 + *rc::gen::inRange<std::int64_t>(0, 2 * limits::skew_ms_max)};
}

RC_GTEST_PROP(HybridClockProperty, MintsAfterEverythingItMintedOrObserved, ()) {
  HybridClock clock;
  Stamp last;
  for (int steps = *rc::gen::inRange(1, 50); steps > 0; --steps) {
    const WallTime now = any_time();
    if (*rc::gen::arbitrary<bool>()) {
      last = std::max(
          last, clock.observe(Stamp::at(any_time(), *rc::gen::arbitrary<std::uint16_t>()), now));
    }
    const Stamp minted = clock.mint(now);
    RC_ASSERT(minted > last);
    RC_ASSERT(minted >= Stamp::at(now));
    last = minted;
  }
}

RC_GTEST_PROP(HybridClockProperty, IsNearTheWallClockOnceReseeded, ()) {
  HybridClock clock(Stamp::at(any_time(), *rc::gen::arbitrary<std::uint16_t>()));
  const WallTime now = any_time();
  clock.reseed(now);
  RC_ASSERT(clock.mint(now).wall() <= now + Millis{limits::skew_ms_max + 1});
}

RC_GTEST_PROP(HybridClockProperty, StampsOrderAsTheirTexts, ()) {
  const Stamp a{*rc::gen::arbitrary<std::uint64_t>()};
  const Stamp b{*rc::gen::arbitrary<std::uint64_t>()};
  RC_ASSERT((a < b) == (to_string(a) < to_string(b)));
  RC_ASSERT(parse_stamp(to_string(a)) == a);
}

}  // namespace
}  // namespace studiosync
