#include "server/push/broadcast.hpp"

namespace studiosync::server {

std::size_t Broadcast::content_bytes() const noexcept {
  std::size_t bytes = 0;
  for (const Record& row : changes_.changes) bytes += row.content.size();
  return bytes;
}

std::shared_ptr<const std::string> Broadcast::bytes(Encoding encoding) const {
  const auto slot = static_cast<std::size_t>(encoding);
  std::call_once(once_[slot], [&] {
    bytes_[slot] = std::make_shared<const std::string>(encode(Frame{{}, changes_}, encoding));
  });
  return bytes_[slot];
}

}  // namespace studiosync::server
