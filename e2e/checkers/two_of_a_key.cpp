// Devices that name the same thing meet in one record.
#include <map>

#include "e2e/checkers/invariants.hpp"

namespace studiosync::e2e::judging {

void two_of_a_key(const Facts& facts, Report& report) {
  for (const UserFacts& user : facts.users) {
    if (user.last == nullptr) continue;
    std::map<std::string, const Record*> by_key;
    for (const Record& row : user.last->rows) {
      if (row.deleted || row.type != EntityType::preference) continue;
      const auto [first, fresh] =
          by_key.try_emplace(std::string(member_of(row.content, "key")), &row);
      const auto number = facts.find(user.name, row.type, row.id);
      if (fresh || !number) continue;
      report.add(user.last_event, *number,
                 "has the key " + first->first + ", as has " + first->second->id);
    }
  }
}

}  // namespace studiosync::e2e::judging
