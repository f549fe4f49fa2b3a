// No planted secret is seen beside its device, and nothing private ever reaches the server.
#include "e2e/checkers/invariants.hpp"

namespace studiosync::e2e::judging {
namespace {

bool stays_on_its_device(const Record& row) {
  if (row.type == EntityType::query_history) {
    return member_of(row.content, "privacy_mode") == "\"private\"";
  }
  return row.type == EntityType::preference && !member_of(row.content, "device_id").empty();
}

}  // namespace

void leaked(const Facts& facts, Report& report) {
  for (Index at = 0; at < facts.history->size(); ++at) {
    const auto* leak = std::get_if<Leaked>(&facts.event(at).what);
    if (leak == nullptr) continue;
    report.add(at, "", "a secret that was planted on a device was seen in " + leak->where);
  }
  for (const Commit& commit : facts.commits) {
    if (!stays_on_its_device(commit.row())) continue;
    report.add(commit.event, commit.record, "the server stored what must stay on its device");
  }
}

}  // namespace studiosync::e2e::judging
