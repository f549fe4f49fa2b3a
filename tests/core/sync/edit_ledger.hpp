// Remembers what users typed, and finds out what became of it.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "server/store/memory/memory_image.hpp"

namespace studiosync::testing {

class EditLedger {
 public:
  // A text that no other edit has.
  std::string next();
  // Somebody replaced or deleted `content` while looking at it: the texts in it may go.
  void replaced(std::string_view content);
  // Those that are in no record, no copy, no conflict and not in the archive though nobody let them
  // go.
  std::string lost(const server::MemoryUser& user) const;

 private:
  std::uint64_t count_ = 0;
  std::set<std::string> kept_;
};

}  // namespace studiosync::testing
