#include "core/schema/sample.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "core/schema/registry.hpp"
#include "core/schema/validate.hpp"

namespace studiosync {
namespace {

constexpr WallTime now{1'769'860'800'000};

TEST(Sampler, MakesValidRecordsInTheirStoredForm) {
  Random random(11);
  Sampler sampler(random, now);
  for (int i = 0; i < 200; ++i) {
    for (const EntityType type : user_entity_types) {
      const Sample sample = sampler.next(type);
      EXPECT_EQ(sample.type, type);
      EXPECT_TRUE(validate_id(sample.id, "$").has_value());
      const auto fields = validate(spec_of(type), sample.id, sample.data, Completeness::whole);
      ASSERT_TRUE(fields.has_value()) << fields.error().path;
      EXPECT_EQ(fields->content(), sample.data.canonical());
    }
  }
}

TEST(Sampler, MakesTheSameRecordsFromTheSameSeed) {
  const auto text = [](std::uint64_t seed) {
    Random random(seed);
    Sampler sampler(random, now);
    std::string all;
    for (int i = 0; i < 20; ++i) {
      for (const EntityType type : user_entity_types) {
        const Sample sample = sampler.next(type);
        all += sample.id + sample.data.canonical();
      }
    }
    return all;
  };
  EXPECT_EQ(text(5), text(5));
  EXPECT_NE(text(5), text(6));
}

TEST(Sampler, NeverUsesAnIdTwice) {
  Random random(12);
  Sampler sampler(random, now);
  for (const EntityType type : user_entity_types) {
    std::set<std::string> ids;
    for (int i = 0; i < 500; ++i) EXPECT_TRUE(ids.insert(sampler.next(type).id).second);
  }
}

TEST(Sampler, RefersToItsOwnRecords) {
  Random random(13);
  Sampler sampler(random, now);
  const std::string connection = sampler.next(EntityType::connection).id;
  const std::string session = sampler.next(EntityType::ai_session).id;
  for (int i = 0; i < 50; ++i) {
    const Sample query = sampler.next(EntityType::saved_query);
    if (const Json* reference = query.data.find("connection_id")) {
      EXPECT_EQ(reference->as_string(), connection);
    }
    EXPECT_EQ(sampler.next(EntityType::ai_message).data.find("session_id")->as_string(), session);
  }
}

TEST(Sampler, PutsEveryTimeBeforeNow) {
  Random random(14);
  Sampler sampler(random, now);
  for (int i = 0; i < 100; ++i) {
    const Sample sample = sampler.next(EntityType::query_history);
    const auto at = parse_rfc3339(sample.data.find("executed_at")->as_string());
    ASSERT_TRUE(at.has_value());
    EXPECT_LT(at->unix_us, now.unix_ms * 1000);
  }
}

TEST(Sampler, MakesRecordsOfTheSizesOfTheCostStudy) {
  const std::map<EntityType, std::size_t> bytes{{EntityType::connection, 500},
                                                {EntityType::saved_query, 2000},
                                                {EntityType::query_history, 1000},
                                                {EntityType::ai_message, 500}};
  Random random(15);
  Sampler sampler(random, now);
  for (const auto& [type, wanted] : bytes) {
    std::size_t sum = 0;
    for (int i = 0; i < 500; ++i) sum += sampler.next(type).data.canonical().size();
    EXPECT_GT(sum / 500, wanted * 8 / 10) << to_string(type);
    EXPECT_LT(sum / 500, wanted * 12 / 10) << to_string(type);
  }
}

}  // namespace
}  // namespace studiosync
