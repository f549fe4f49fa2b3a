#include "server/push/broadcast.hpp"

#include "core/conflicts/row_bytes.hpp"

namespace studiosync::server {
namespace {

std::size_t row_bytes_of(const Changes& changes) noexcept {
  std::size_t bytes = 0;
  for (const Record& row : changes.changes) bytes += studiosync::row_bytes(row);
  return bytes;
}

}  // namespace

Broadcast::Broadcast(Changes changes)
    : changes_(std::move(changes)), row_bytes_(row_bytes_of(changes_)) {}

std::shared_ptr<const std::string> Broadcast::bytes(Encoding encoding) const {
  const auto slot = static_cast<std::size_t>(encoding);
  std::call_once(once_[slot], [&] {
    bytes_[slot] = std::make_shared<const std::string>(encode(Frame{{}, changes_}, encoding));
  });
  return bytes_[slot];
}

}  // namespace studiosync::server
