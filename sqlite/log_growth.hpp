// Tells when enough has come to a write-ahead log for it to be copied into the database.
#pragma once

namespace studiosync::sqlite {

// Of one connection's life. Not thread-safe.
class LogGrowth {
 public:
  // Whether more than `pages_max` pages have come to a log that now has `log_pages` since this was
  // last true, or since the log began anew, as it does once all of it is copied.
  bool beyond(int pages_max, int log_pages) noexcept {
    if (log_pages < counted_) counted_ = 0;
    if (log_pages - counted_ <= pages_max) return false;
    counted_ = log_pages;
    return true;
  }

 private:
  int counted_ = 0;  // of the log, when this was last true
};

}  // namespace studiosync::sqlite
