// Changes that the server has refused, and what their user decides about them.
#pragma once

#include <limits>

#include "core/sync/refused.hpp"
#include "tests/core/sync/originals_fixture.hpp"

namespace studiosync::testing {

class Refused : public OriginalsTest {
 protected:
  // All that waits is sent and refused; the last one's id.
  ChangeId refuse_all(ErrorCode code = ErrorCode::validation_error) {
    ChangeId last;
    for (const FrozenChange& change : freeze_all()) {
      refuse(change, code);
      last = change.change;
    }
    return last;
  }
  void refuse(const FrozenChange& change, ErrorCode code = ErrorCode::validation_error) {
    ChangeResult refused = applied(change, 0);
    refused.status = Status::rejected;
    refused.error = Error{.code = code};
    settle_as(refused);
  }
  Result<> retry(ChangeId change) {
    EXPECT_TRUE(store_.begin());
    auto done = retry_refused(store_, change, now_);
    EXPECT_TRUE(store_.commit());
    return done;
  }
  void discard(ChangeId change) {
    ASSERT_TRUE(store_.begin());
    ASSERT_TRUE(discard_refused(store_, change, now_));
    ASSERT_TRUE(store_.commit());
  }
  // The connection is deleted, and the server holds the delete.
  ChangeId hold_delete() {
    EXPECT_TRUE(erase(EntityType::connection, "c"));
    const FrozenChange removal = freeze_all().at(0);
    ChangeResult held = applied(removal, 1);
    held.status = Status::held;
    settle_as(held);
    return removal.change;
  }
  void forget_tombstones() {
    ASSERT_TRUE(store_.begin());
    store_.forget_tombstones({std::numeric_limits<std::int64_t>::max()});
    ASSERT_TRUE(store_.commit());
  }
  DeviceRecord query() { return record(EntityType::saved_query, "q"); }
};

}  // namespace studiosync::testing
