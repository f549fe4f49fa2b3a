#include "e2e/crash/random_content.hpp"

#include <array>

namespace studiosync::e2e {

namespace {

constexpr std::array types{EntityType::connection, EntityType::saved_query,
                           EntityType::query_history, EntityType::ai_session};
constexpr std::array<std::string_view, 10> words{"SELECT", "total",    "FROM",  "orders", "JOIN",
                                                 "month",  "customer", "WHERE", "größe",  "region"};

std::string sentence(Random& random, std::uint64_t count) {
  std::string text;
  for (; count > 0; --count) text.append(words[random.below(words.size())]).append(" ");
  return text.append(std::to_string(random.below(1'000'000)));
}

// One record in 16 is longer than a page of the database.
std::uint64_t random_length(Random& random) {
  return random.below(16) == 0 ? 1'000 : 2 + random.below(30);
}

}  // namespace

EntityType random_type(Random& random) {
  return types[random.below(types.size())];
}

std::string random_id(Random& random, std::uint64_t count) {
  return "record-" + std::to_string(random.below(count));
}

Json random_content(Random& random, EntityType type) {
  Json data = Json::object();
  switch (type) {
    case EntityType::connection:
      data.set("name", sentence(random, 2)).set("type", "postgres");
      return data.set("port", static_cast<std::int64_t>(1 + random.below(60'000)));
    case EntityType::ai_session:
      return data.set("title", sentence(random, 3));
    case EntityType::saved_query:
      data.set("name", sentence(random, 2));
      break;
    default:
      break;
  }
  return data.set("query", sentence(random, random_length(random)));
}

}  // namespace studiosync::e2e
