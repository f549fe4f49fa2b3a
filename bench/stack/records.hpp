// Records of 300 bytes of canonical content: what the targets of this benchmark are stated for.
#pragma once

#include <cstddef>
#include <vector>

#include "bench/stack/dataset.hpp"

namespace studiosync::bench {

inline constexpr std::size_t record_bytes = 300;

// A saved query, connection or preference that differs from those of other numbers.
Json data_of(EntityType type, std::size_t number);

// `count` of one of those types, under ids as devices give them.
std::vector<NewRecord> records_of(EntityType type, std::size_t count);

// Realistic ones of any type that leave the device, in the sizes that users have.
std::vector<NewRecord> sampled_records(EntityType type, std::size_t count);

}  // namespace studiosync::bench
