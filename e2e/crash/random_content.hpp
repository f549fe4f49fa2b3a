// Small records for the crash workloads.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/json.hpp"
#include "core/base/random.hpp"
#include "core/schema/entity_type.hpp"

namespace studiosync::e2e {

EntityType random_type(Random& random);
// One of `count`.
std::string random_id(Random& random, std::uint64_t count);
// Valid, and different from call to call; most are short, some take several pages.
Json random_content(Random& random, EntityType type);

}  // namespace studiosync::e2e
