#include "server/net/write_queue.hpp"

#include <iterator>
#include <numeric>
#include <utility>

namespace studiosync::server {
namespace {

// A chunk costs more than a pong's two bytes, and a peer decides how many of them wait.
constexpr std::size_t joined_bytes_max = 4096;

}  // namespace

std::size_t WriteQueue::started() const noexcept {
  return std::max<std::size_t>(gathered_chunks_, front_written_ > 0 ? 1 : 0);
}

bool WriteQueue::joins_last(const std::string& head) const noexcept {
  if (chunks_.size() <= started()) return false;
  const Chunk& last = chunks_.back();
  return !last.body && last.head.size() + head.size() <= joined_bytes_max;
}

void WriteQueue::push(std::string head, std::shared_ptr<const std::string> body) {
  if (head.empty() && (!body || body->empty())) return;
  if (!body && joins_last(head)) {
    chunks_.back().head += head;
    return;
  }
  chunks_.push_back({std::move(head), std::move(body)});
}

BufferList WriteQueue::gather() {
  BufferList out;
  std::size_t skip = front_written_;
  gathered_chunks_ = 0;
  const auto add = [&](const std::string& bytes) {
    const std::size_t skipped = std::min(skip, bytes.size());
    if (skipped < bytes.size()) out.add(bytes.data() + skipped, bytes.size() - skipped);
    skip -= skipped;
  };
  for (const Chunk& chunk : chunks_) {
    if (out.free() < 2) break;
    add(chunk.head);
    if (chunk.body) add(*chunk.body);
    ++gathered_chunks_;
  }
  return out;
}

void WriteQueue::consume(std::size_t bytes) {
  gathered_chunks_ = 0;
  front_written_ += bytes;
  while (!chunks_.empty() && front_written_ >= chunks_.front().bytes()) {
    front_written_ -= chunks_.front().bytes();
    chunks_.pop_front();
  }
}

std::size_t WriteQueue::drop_unstarted() {
  const auto first = std::next(chunks_.begin(), static_cast<std::ptrdiff_t>(started()));
  const std::size_t bytes =
      std::accumulate(first, chunks_.end(), std::size_t{0},
                      [](std::size_t sum, const Chunk& chunk) { return sum + chunk.bytes(); });
  chunks_.erase(first, chunks_.end());
  return bytes;
}

}  // namespace studiosync::server
