// One commit's rows on their way to many devices: encoded at most once for each encoding.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "core/protocol/codec.hpp"

namespace studiosync::server {

class Broadcast {
 public:
  explicit Broadcast(Changes changes);

  const Changes& changes() const noexcept { return changes_; }
  // Of all rows, before they are encoded.
  std::size_t row_bytes() const noexcept { return row_bytes_; }
  // Thread-safe: the first caller encodes.
  std::shared_ptr<const std::string> bytes(Encoding encoding) const;

 private:
  const Changes changes_;
  const std::size_t row_bytes_;  // each device asks
  mutable std::once_flag once_[2];
  mutable std::shared_ptr<const std::string> bytes_[2];
};

}  // namespace studiosync::server
