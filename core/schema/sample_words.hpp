// The vocabulary of the sample records: a shop's databases and the people who query them.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "core/base/random.hpp"

namespace studiosync::sample {

using Words = std::span<const std::string_view>;

struct Table {
  std::string_view name;
  std::string_view alias;
  std::string_view time_column;
  std::string_view number_column;
  Words columns;   // besides `id`
  Words statuses;  // values of the column `status`
};

// A setting, and the JSON values that people give it.
struct Setting {
  std::string_view key;
  std::string_view category;
  Words values;
};

std::span<const Table> tables() noexcept;
std::span<const Setting> settings() noexcept;
Words services() noexcept;  // parts of host and database names
Words environments() noexcept;
Words regions() noexcept;
Words people() noexcept;  // login names
Words folders() noexcept;
Words tags() noexcept;
Words colors() noexcept;
Words icons() noexcept;
Words topics() noexcept;     // what queries and chats are about
Words sentences() noexcept;  // of chats and descriptions
Words errors() noexcept;     // messages of databases

template <class T>
const T& pick(Random& random, std::span<const T> from) {
  return from[static_cast<std::size_t>(random.below(from.size()))];
}

inline bool chance(Random& random, unsigned percent) {
  return random.below(100) < percent;
}

// Uniform in [least, most].
inline std::int64_t between(Random& random, std::int64_t least, std::int64_t most) {
  return least +
         static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(most - least + 1)));
}

// About `bytes` of sentences.
std::string prose(Random& random, std::size_t bytes);

}  // namespace studiosync::sample
