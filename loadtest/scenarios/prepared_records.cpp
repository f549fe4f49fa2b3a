#include "loadtest/scenarios/prepared_records.hpp"

#include "loadtest/scenarios/edits.hpp"

namespace studiosync::load {

PreparedRecords::PreparedRecords(User& user, std::size_t count) {
  all_.reserve(count);
  while (all_.size() < count) {
    const Sample sample = new_record(user);
    std::string content = sample.data.canonical();
    const Hash128 hash = hash128(content);
    Json data = Json::raw(content);
    all_.push_back({sample.type, std::move(data), std::move(content), hash});
  }
}

}  // namespace studiosync::load
