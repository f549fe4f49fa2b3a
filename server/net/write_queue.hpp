// What waits to be written to one connection. One thread: the connection's.
#pragma once

#include <array>
#include <boost/asio/buffer.hpp>
#include <cstddef>
#include <list>
#include <memory>
#include <string>

namespace studiosync::server {

// A gather list of fixed size: it is copied into every write operation, and a vector would allocate
// there.
class BufferList {
 public:
  static constexpr std::size_t capacity = 32;

  void add(const void* data, std::size_t bytes) { items_[size_++] = {data, bytes}; }
  std::size_t free() const noexcept { return capacity - size_; }
  const boost::asio::const_buffer* begin() const noexcept { return items_.data(); }
  const boost::asio::const_buffer* end() const noexcept { return items_.data() + size_; }

 private:
  std::array<boost::asio::const_buffer, capacity> items_;
  std::size_t size_ = 0;
};

class WriteQueue {
 public:
  // `head` is ours, `body` may be shared with many connections; either may be empty.
  void push(std::string head, std::shared_ptr<const std::string> body);
  bool empty() const noexcept { return chunks_.empty(); }

  // The next buffers to write. They stay valid until consume().
  BufferList gather();
  // The kernel took this many bytes of what gather() gave.
  void consume(std::size_t bytes);
  // Forgets every chunk of which nothing was gathered or written; returns their bytes.
  std::size_t drop_unstarted();

 private:
  struct Chunk {
    std::string head;
    std::shared_ptr<const std::string> body;
    std::size_t bytes() const noexcept { return head.size() + (body ? body->size() : 0); }
  };

  // Chunks of which something was gathered or written.
  std::size_t started() const noexcept;
  // Whether what has no body can stand behind the last chunk's bytes.
  bool joins_last(const std::string& head) const noexcept;

  // A list: addresses stay while the kernel reads them, and an idle connection holds nothing.
  std::list<Chunk> chunks_;
  std::size_t front_written_ = 0;    // bytes of the first chunk
  std::size_t gathered_chunks_ = 0;  // of the write in progress
};

}  // namespace studiosync::server
