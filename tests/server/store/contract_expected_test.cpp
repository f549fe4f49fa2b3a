// A store that was told how many changes are to come answers as one that was not, whatever order
// their ids come in.
#include <map>
#include <set>

#include "core/base/random.hpp"
#include "tests/server/store/contract_fixture.hpp"

namespace studiosync::server {
namespace {

class StoreExpecting : public StoreContract {
 protected:
  // Few enough that most come again, in one job as in another.
  static std::string id_of(std::uint64_t number) { return "id-" + std::to_string(100 + number); }
  static ChangeId change_of(std::uint64_t number) {
    return {{1, static_cast<std::uint8_t>(number)}};
  }
  static EntityType type_of(std::uint64_t number) {
    return number % 3 == 0 ? EntityType::connection : EntityType::saved_query;
  }
};
INSTANTIATE_TEST_SUITE_P(Stores, StoreExpecting, all_kinds, kind_name);

TEST_P(StoreExpecting, FindsWhatIsThereAndNothingElse) {
  constexpr std::uint64_t ids = 40;
  Random random(11);
  std::set<std::pair<EntityType, std::string>> records;
  std::set<std::uint64_t> changes;
  for (int job = 0; job < 40; ++job) {
    // Half of them in the order of their ids.
    const std::uint64_t first = random.below(2) == 0 ? 0 : random.below(ids);
    const bool in_order = random.below(2) == 0;
    ASSERT_TRUE(write(alice, [&](UserTxn& txn) {
      txn.expect(20);
      for (std::uint64_t i = 0; i < 20; ++i) {
        const std::uint64_t number = in_order ? (first + i) % ids : random.below(ids);
        const EntityType type = type_of(random.below(3));
        EXPECT_EQ(txn.applied(change_of(number)).has_value(), changes.contains(number)) << number;
        EXPECT_EQ(txn.find(type, id_of(number)).has_value(),
                  records.contains({type, id_of(number)}))
            << number;
        if (random.below(4) != 0) continue;
        Record record = record_of(type, id_of(number), "{}");
        txn.put(record);
        records.emplace(type, id_of(number));
        txn.remember(change_of(number), {.type = type, .item_id = id_of(number)});
        changes.insert(number);
      }
    }));
  }
  EXPECT_GT(records.size(), ids);
  EXPECT_EQ(state(alice).records, records.size());
}

TEST_P(StoreExpecting, TakesNoIdOfAnotherUserForANeighbour) {
  put(bob, query_of("b"));
  ASSERT_TRUE(write(alice, [](UserTxn& txn) {
    txn.expect(20);
    EXPECT_FALSE(txn.find(EntityType::saved_query, "a"));
    EXPECT_FALSE(txn.find(EntityType::saved_query, "b"));
    EXPECT_FALSE(txn.find(EntityType::saved_query, "c"));
  }));
  ASSERT_TRUE(write(bob, [](UserTxn& txn) {
    txn.expect(20);
    EXPECT_FALSE(txn.find(EntityType::saved_query, "a"));
    EXPECT_TRUE(txn.find(EntityType::saved_query, "b"));
    EXPECT_FALSE(txn.find(EntityType::saved_query, "c"));
  }));
}

}  // namespace
}  // namespace studiosync::server
