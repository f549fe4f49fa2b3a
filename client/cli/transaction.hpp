// One write of which a device's store keeps all or nothing.
#pragma once

#include "client/store/sqlite_device_store.hpp"

namespace studiosync::client {

// What `work` returns, once it is committed; its error, and nothing has changed. What it made of a
// read that failed is no answer: the store's error goes first.
template <class Work>
auto in_transaction(SqliteDeviceStore& store, Work work) -> decltype(work()) {
  SS_TRY(store.begin());
  auto done = work();
  if (auto read = store.take_error(); !read) done = Unexpected(std::move(read).error());
  if (!done) {
    store.rollback();
    return done;
  }
  SS_TRY(store.commit());
  return done;
}

}  // namespace studiosync::client
