#include "loadtest/linked/memory_stream.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <utility>

namespace studiosync::load {
namespace asio = boost::asio;

void MemoryStream::give(std::string_view bytes) {
  given_ += bytes;
  deliver();
}

void MemoryStream::read(std::shared_ptr<server::StreamUser> user) {
  reader_ = std::move(user);
  if (!given_.empty()) deliver();
}

// The reader owns this stream, and the turn holds the reader.
void MemoryStream::deliver() {
  if (!reader_) return;
  asio::post(io_, [reader = std::exchange(reader_, nullptr), this] {
    const std::string bytes = std::exchange(given_, {});
    reader->on_read({}, bytes);
  });
}

void MemoryStream::write(const server::BufferList& buffers,
                         std::shared_ptr<server::StreamUser> user) {
  std::string bytes;
  for (const asio::const_buffer& buffer : buffers) {
    bytes.append(static_cast<const char*>(buffer.data()), buffer.size());
  }
  peer_.received(bytes);
  asio::post(io_, [user = std::move(user), count = bytes.size()] { user->on_written({}, count); });
}

void MemoryStream::finish(std::shared_ptr<server::StreamUser> user) {
  asio::post(io_, [user = std::move(user)] { user->on_finished(); });
}

void MemoryStream::close() noexcept {
  if (!reader_) return;
  asio::post(io_, [reader = std::exchange(reader_, nullptr)] {
    reader->on_read(asio::error::operation_aborted, {});
  });
}

}  // namespace studiosync::load
