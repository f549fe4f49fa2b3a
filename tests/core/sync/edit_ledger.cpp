#include "tests/core/sync/edit_ledger.hpp"

#include <vector>

namespace studiosync::testing {

std::string EditLedger::next() {
  std::string text = "<" + std::to_string(++count_) + ">";
  kept_.insert(text);
  return text;
}

void EditLedger::replaced(std::string_view content) {
  std::erase_if(
      kept_, [&](const std::string& text) { return content.find(text) != std::string_view::npos; });
}

std::string EditLedger::lost(const server::MemoryUser& user) const {
  std::string everything;
  for (const auto& [seq, record] : user.log) everything += record.content;
  for (const ArchiveRow& row : user.archive) {
    everything += row.conflict.local.content + row.conflict.remote.content + row.result;
  }
  std::string lost;
  for (const std::string& text : kept_) {
    if (everything.find(text) == std::string::npos) lost += text + ' ';
  }
  return lost;
}

}  // namespace studiosync::testing
