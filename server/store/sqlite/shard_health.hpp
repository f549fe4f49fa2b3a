// Whether a shard's disk takes what is written to it, and whom its failures are told to.
#pragma once

#include <atomic>
#include <string>
#include <string_view>
#include <utility>

#include "server/store/store_failure.hpp"

namespace studiosync::server {

// Thread-safe.
class ShardHealth {
 public:
  ShardHealth(std::string database, OnStoreFailure on_failure)
      : database_(std::move(database)), on_failure_(std::move(on_failure)) {}

  // `code` as in OnStoreFailure.
  void failed(int code, std::string_view message) const {
    if (on_failure_) on_failure_(database_, code, message);
  }
  // Of the last commit that wrote rows of users: what is less proves nothing about a disk that is
  // full, since it finds room in what is reserved.
  void commit_failed() noexcept { doubted_ = true; }
  void trust() noexcept { doubted_ = false; }
  bool doubted() const noexcept { return doubted_; }

 private:
  const std::string database_;
  const OnStoreFailure on_failure_;
  std::atomic<bool> doubted_ = false;
};

}  // namespace studiosync::server
