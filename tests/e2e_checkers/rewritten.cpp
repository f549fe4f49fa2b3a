#include "tests/e2e_checkers/rewritten.hpp"

namespace studiosync::e2e::testing {

void rewrite_end(History& history, const std::string& id, const std::string& content) {
  for (Event& event : history) {
    if (auto* server = std::get_if<ServerState>(&event.what)) {
      for (Record& row : server->rows) {
        if (row.id == id) row.content = content;
      }
    }
    if (auto* device = std::get_if<DeviceState>(&event.what)) {
      for (DeviceRecord& kept : device->records) {
        if (kept.id != id) continue;
        kept.content = content;
        kept.shadow->content = content;
      }
    }
  }
}

void withdraw_row(History& history) {
  Record& row = last<ServerState>(history).rows.front();
  row.deleted = true;
  row.reason = reason_private;
  row.content.clear();
}

void erase_rows(History& history, std::string_view prefix) {
  const auto goes = [&](const auto& record) { return record.id.starts_with(prefix); };
  for (Event& event : history) {
    if (auto* server = std::get_if<ServerState>(&event.what)) std::erase_if(server->rows, goes);
    if (auto* device = std::get_if<DeviceState>(&event.what)) {
      std::erase_if(device->records, goes);
    }
  }
}

}  // namespace studiosync::e2e::testing
