// A record that takes on and drops fields for ever.
#include "core/conflicts/removed_fields.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/conflicts/history.hpp"
#include "tests/core/conflicts/builders.hpp"

namespace studiosync {
namespace {

using namespace testing;

constexpr std::string_view text = R"({"name":"Orders","query":"SELECT 1"})";

// Saved query `q`, of which replica `a` removes field after field.
class RemovedFields : public ::testing::Test {
 protected:
  void take(const Incoming& change) {
    record_ = stored_after(record_, resolve(&record_, change, strategy_));
  }
  Incoming sets(char letter, std::uint64_t base, std::int64_t ms, const std::string& field) {
    Fields with = fields(text);
    with.set(field, "1");
    return edit(base, origin(letter, ++seq_, ms), with.content(), {field});
  }
  void remove_again(char letter, const std::string& field) {
    take(sets(letter, record_.rev.version.value, ++now_, field));
    take(edit(record_.rev.version.value, origin(letter, ++seq_, ++now_), text, {field}));
  }
  void remove_many(int count) {
    for (int i = 0; i < count; ++i) remove_again('a', "width " + std::to_string(i));
  }
  std::size_t bytes_of_history() const {
    std::size_t bytes = 0;
    for (const FieldVersion& entry : record_.field_versions) bytes += entry.field.size() + 32;
    return bytes;
  }
  const FieldVersion* entry(std::string_view field) const {
    const auto it = std::ranges::find(record_.field_versions, field, &FieldVersion::field);
    return it == record_.field_versions.end() ? nullptr : &*it;
  }

  Strategy strategy_ = Strategy::last_write_wins;
  Record record_ = saved_query(1, origin('a', 1, 1000), text);
  std::int64_t now_ = 2000;
  std::uint64_t seq_ = 1;
};

TEST_F(RemovedFields, AreRememberedWhileTheyAreFew) {
  remove_many(20);
  ASSERT_NE(entry("width 0"), nullptr);
  EXPECT_EQ(entry("width 0")->version, Version{3});
  EXPECT_EQ(entry(any_field), nullptr);
}

TEST_F(RemovedFields, DoNotMakeTheRecordGrowForEver) {
  remove_many(150);
  // Beside them name, query and any_field have an entry.
  EXPECT_LE(bytes_of_history(), removed_fields_bytes_max + 200);
  EXPECT_GE(record_.field_versions.size(), 50U) << "the latest are remembered one by one";
  EXPECT_EQ(entry("width 149")->origin.replica, replica('a'));
  EXPECT_EQ(entry("width 0"), nullptr);
  EXPECT_TRUE(std::ranges::is_sorted(record_.field_versions, {}, &FieldVersion::field));
}

TEST_F(RemovedFields, OfLongNamesDoNotEither) {
  for (int i = 0; i < 3; ++i) remove_again('a', std::string(5000, 'x') + std::to_string(i));
  EXPECT_LE(bytes_of_history(), removed_fields_bytes_max + 200);
}

TEST_F(RemovedFields, AreAsOldAsTheLatestOfTheFolded) {
  remove_many(150);
  const FieldVersion* all = entry(any_field);
  ASSERT_NE(all, nullptr);
  const Version kept = std::ranges::min(record_.field_versions, {}, [&](const FieldVersion& one) {
                         return one.field.starts_with("width") ? one.version : record_.rev.version;
                       }).version;
  EXPECT_EQ(all->version.value + 2, kept.value) << "two versions for each field";
  EXPECT_TRUE(all->origin.replica.nil());
  EXPECT_EQ(record_.last_change_of("width 0").version, all->version);
}

TEST_F(RemovedFields, DoNotComeBackByAnEarlierEdit) {
  remove_many(150);
  const Incoming late = sets('b', 1, 1500, "width 0");
  EXPECT_EQ(resolve(&record_, late, strategy_).status, Status::conflict);
  take(late);
  EXPECT_EQ(record_.content, text);
}

TEST_F(RemovedFields, OfOthersAreNotSeenByWhoRemovedSomeOfThem) {
  remove_again('b', "width of b");
  const std::uint64_t base = record_.rev.version.value;
  remove_many(150);
  EXPECT_EQ(resolve(&record_, sets('b', base, 2500, "width 0"), Strategy::keep_both).status,
            Status::conflict);
}

TEST_F(RemovedFields, ComeBackByAnEditThatHasSeenAllOfIt) {
  remove_many(150);
  take(sets('b', record_.rev.version.value, ++now_, "width 0"));
  EXPECT_NE(record_.content, text);
}

// The text wins by its age, as every later edit does.
TEST_F(RemovedFields, ComeBackByALaterEditThatHasNotSeenThem) {
  remove_many(150);
  take(sets('b', 1, now_ + 1000, "width 0"));
  EXPECT_NE(record_.content, text);
}

TEST_F(RemovedFields, GetOlderWithEachThatIsFoldedAndNotByItself) {
  remove_many(150);
  ASSERT_NE(entry(any_field), nullptr);
  const FieldVersion first = *entry(any_field);
  remove_again('a', "width 150");
  const FieldVersion second = *entry(any_field);
  EXPECT_GT(second.version, first.version);
  EXPECT_GT(second.origin.stamp, first.origin.stamp);
  std::vector<FieldVersion> again = record_.field_versions;
  fold_removed(again, fields(record_.content));
  EXPECT_EQ(again, record_.field_versions);
}

TEST_F(RemovedFields, AreNoneOfAFieldThatHasAValue) {
  Record wide = saved_query(3, origin('a', 9, 1000), "{}");
  Fields content;
  for (int i = 0; i < 300; ++i) {
    const std::string field = "column " + std::to_string(1000 + i);
    content.set(field, "1");
    wide.field_versions.push_back({field, Version{2}, origin('b', 1, 500)});
  }
  const auto before = wide.field_versions;
  fold_removed(wide.field_versions, content);
  EXPECT_EQ(wide.field_versions, before);
}

}  // namespace
}  // namespace studiosync
