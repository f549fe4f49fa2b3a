#include "tests/core/sync/original_ledger.hpp"

namespace studiosync::testing {

std::string OriginalLedger::next() {
  std::string secret = "canary-" + std::to_string(++count_) + ";";
  kept_.insert(secret);
  return secret;
}

void OriginalLedger::replaced(std::string_view text) {
  std::erase_if(kept_, [&](const std::string& secret) {
    return text.find(secret) != std::string_view::npos;
  });
}

std::string OriginalLedger::lost(DeviceStore& store) const {
  std::string everything;
  for (const EntityType type : user_entity_types) {
    for (const DeviceRecord& record : store.list(type, "", 100'000)) everything += record.content;
  }
  for (const Original& original : store.originals()) everything += original.value;
  std::string lost;
  for (const std::string& secret : kept_) {
    if (everything.find(secret) == std::string::npos) lost += secret + ' ';
  }
  return lost;
}

}  // namespace studiosync::testing
