#include "e2e/disk/paged_bytes.hpp"

#include <algorithm>
#include <cstring>

namespace studiosync::e2e {

std::size_t PagedBytes::read(std::uint64_t offset, std::span<std::uint8_t> out) const {
  const std::size_t found =
      offset >= size_ ? 0 : std::min<std::uint64_t>(out.size(), size_ - offset);
  for (std::size_t done = 0; done < found;) {
    const std::size_t within = (offset + done) % page_bytes;
    const std::size_t count = std::min(found - done, page_bytes - within);
    const auto& page = pages_[(offset + done) / page_bytes];
    const auto to = out.subspan(done, count);
    if (page) {
      std::memcpy(to.data(), page->data() + within, count);
    } else {
      std::ranges::fill(to, std::uint8_t{0});
    }
    done += count;
  }
  std::ranges::fill(out.subspan(found), std::uint8_t{0});
  return found;
}

PagedBytes::Page& PagedBytes::own(std::size_t number) {
  auto& page = pages_[number];
  if (!page) {
    page = std::make_shared<Page>();
  } else if (page.use_count() > 1) {
    page = std::make_shared<Page>(*page);
  }
  return *page;
}

void PagedBytes::write(std::uint64_t offset, std::span<const std::uint8_t> bytes) {
  if (offset + bytes.size() > size_) resize(offset + bytes.size());
  for (std::size_t done = 0; done < bytes.size();) {
    const std::size_t within = (offset + done) % page_bytes;
    const std::size_t count = std::min(bytes.size() - done, page_bytes - within);
    Page& page = own((offset + done) / page_bytes);
    std::memcpy(page.data() + within, bytes.data() + done, count);
    done += count;
  }
}

void PagedBytes::resize(std::uint64_t size) {
  const std::size_t within = size % page_bytes;
  pages_.resize((size + page_bytes - 1) / page_bytes);
  // What lies beyond the end must read as zeros when the file grows again.
  if (size < size_ && within != 0 && pages_.back()) {
    std::ranges::fill(std::span(own(pages_.size() - 1)).subspan(within), std::uint8_t{0});
  }
  size_ = size;
}

}  // namespace studiosync::e2e
