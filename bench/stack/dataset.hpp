// The records of a plausible user, in any number: the committed data set's mix, repeated.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/base/json.hpp"
#include "core/schema/entity_type.hpp"

namespace studiosync::bench {

struct NewRecord {
  EntityType type{};
  std::string id;
  Json data;
};

// `count` records that leave the device, parents before what refers to them. Each repetition has
// ids of its own, and its references point into the same repetition. One file gives one result.
std::vector<NewRecord> repeat_dataset(const std::string& jsonl_file, std::size_t count);

}  // namespace studiosync::bench
