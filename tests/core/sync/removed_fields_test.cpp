// What both halves make of a record whose oldest removed fields are remembered as one.
#include "core/conflicts/removed_fields.hpp"
#include "core/sync/own_version.hpp"
#include "core/sync/refused.hpp"
#include "tests/core/sync/originals_fixture.hpp"
#include "tests/core/sync/restore_fixture.hpp"
#include "tests/core/sync/two_devices.hpp"

namespace studiosync::testing {
namespace {

constexpr auto query = EntityType::saved_query;
constexpr int too_many = 150;

std::string width(int number) {
  return "width " + std::to_string(1000 + number);
}

std::vector<std::string> widths() {
  std::vector<std::string> names;
  for (int i = 0; i < too_many; ++i) names.push_back(width(i));
  return names;
}

// `fields` with each of the widths as well.
std::string and_widths(std::string_view content, std::string_view value) {
  Fields fields = Fields::from_content(content);
  for (const std::string& name : widths()) fields.set(name, std::string(value));
  return fields.content();
}

bool is_folded(const Record& record) {
  const FieldVersion all = record.last_change_of(any_field);
  return all.version && all.origin.replica.nil();
}

class RemovedByTwo : public TwoDevices {
 protected:
  Record known(SimDevice& device) { return *device.store().find(query, "q")->shadow; }
};

TEST_F(RemovedByTwo, FieldsAreFoldedAlikeOnTheDeviceAndTheServer) {
  both_start();
  laptop_.put(query, "q", and_widths(named("A"), "1"));
  settled();
  laptop_.put(query, "q", named("A"));
  settled();
  EXPECT_TRUE(is_folded(known(laptop_)));
  EXPECT_EQ(known(laptop_).field_versions, known(tablet_).field_versions);
  EXPECT_EQ(stored("q"), named("A"));
}

TEST_F(RemovedByTwo, FieldsDoNotComeBackWithAnEditFromBefore) {
  both_start();
  laptop_.put(query, "q", and_widths(named("A"), "1"));
  settled();
  tablet_.stop();
  Fields edited = Fields::from_content(and_widths(named("A"), "1"));
  edited.set(width(too_many - 1), "2");
  tablet_.put(query, "q", edited.content());
  laptop_.put(query, "q", named("A"));
  settled();
  tablet_.start();
  settled();
  EXPECT_EQ(stored("q"), named("A")) << "the tablet's text is a copy";
}

class RemovedAndRestored : public RestoreTest {
 protected:
  ChangeResult push_text(const Author& author, std::uint64_t seq, const std::string& content,
                         std::vector<std::string> changed) {
    return push_by(author, upsert(seq, query, "q", content, saved("q").rev, std::move(changed)));
  }
};

TEST_F(RemovedAndRestored, FieldsDoNotComeBackWithARestore) {
  const std::string text = query_text("A", "SELECT 1");
  push_text(laptop_, 1, and_widths(text, "1"), {});
  push_text(laptop_, 2, and_widths(text, "2"), {"width 1000"});
  back_up();
  push_text(laptop_, 3, text, widths());
  const auto lost = known();
  ASSERT_TRUE(is_folded(lost.at(0)));
  restore();
  push_text(tablet_, 1, and_widths(query_text("A", "SELECT 2"), "1"), {"query"});
  give_back(lost);
  EXPECT_EQ(saved("q").content, query_text("A", "SELECT 2"));
}

// Nobody has removed what the server has since.
TEST_F(RemovedAndRestored, FieldsThatAreNewHereStay) {
  const std::string text = query_text("A", "SELECT 1");
  push_text(laptop_, 1, and_widths(text, "1"), {});
  back_up();
  push_text(laptop_, 2, text, widths());
  const auto lost = known();
  restore();
  Fields with = Fields::from_content(and_widths(text, "1"));
  with.set("folder", R"("new")");
  push_text(tablet_, 1, with.content(), {"folder"});
  give_back(lost);
  EXPECT_EQ(saved("q").content, query_text("A", "SELECT 1", "new"));
}

TEST_F(RemovedAndRestored, HistoryOfManyFieldsIsNotTakenFromADevice) {
  push_text(laptop_, 1, query_text("A", "SELECT 1"), {});
  back_up();
  push_text(laptop_, 2, query_text("B", "SELECT 1"), {"name"});
  auto lost = known();
  for (int i = 0; i < 10'000; ++i) {
    const std::string field = i % 2 == 0 ? "name" : "field " + std::to_string(i);
    lost[0].field_versions.push_back({field, Version{1}, lost[0].origin});
  }
  restore();
  give_back(lost);
  EXPECT_EQ(saved("q").content, query_text("B", "SELECT 1"));
  EXPECT_LT(saved("q").field_versions.size(), removed_fields_bytes_max / 32);
}

class RemovedAndRefused : public OriginalsTest {
 protected:
  ChangeId refuse_edit(std::string_view name) {
    put_query("q", name, "SELECT 1");
    const FrozenChange change = freeze_all().at(0);
    ChangeResult refused = applied(change, 0);
    refused.status = Status::rejected;
    refused.error = Error{.code = ErrorCode::quota_exceeded};
    settle_as(refused);
    return change.change;
  }
};

// That others removed fields does not make another record of it.
TEST_F(RemovedAndRefused, ATextMayStillBeTriedAgain) {
  const Record before = row(query, "q", 1, query_text("theirs", "SELECT 1"));
  pulled(before);
  const ChangeId first = refuse_edit("mine");
  Record now = row(query, "q", 2, before.content);
  now.field_versions = {{std::string(any_field), Version{2}, Origin{{}, {}, before.origin.stamp}},
                        {"name", Version{1}, before.origin},
                        {"query", Version{1}, before.origin}};
  pulled(now);
  refuse_edit("mine, better");
  ASSERT_TRUE(store_.begin());
  EXPECT_TRUE(retry_refused(store_, first, now_));
  ASSERT_TRUE(store_.commit());
}

TEST_F(RemovedAndRefused, AFieldStaysRemovedWhereOthersLeaveItAlone) {
  const Record first = row(query, "q", 1, query_text("theirs", "SELECT 1", "a"));
  pulled(first);
  const ChangeId refused = refuse_edit("mine");
  Record second = row(query, "q", 2, query_text("theirs", "SELECT 2", "a"));
  second.field_versions = {{"folder", Version{1}, first.origin},
                           {"name", Version{1}, first.origin}};
  pulled(second);
  EXPECT_EQ(shown(query, "q"), query_text("mine", "SELECT 2"));
  ASSERT_TRUE(store_.begin());
  EXPECT_TRUE(retry_refused(store_, refused, now_));
  ASSERT_TRUE(store_.commit());
  EXPECT_EQ(freeze_all().at(0).changed, texts({"folder", "name"}));
}

TEST_F(RemovedAndRefused, AFieldThatOthersWroteOverIsShown) {
  const Record first = row(query, "q", 1, query_text("theirs", "SELECT 1", "a"));
  pulled(first);
  refuse_edit("mine");
  Record second = row(query, "q", 2, query_text("theirs", "SELECT 1", "b"));
  second.field_versions = {{"name", Version{1}, first.origin}};
  pulled(second);
  EXPECT_EQ(shown(query, "q"), query_text("mine", "SELECT 1", "b"));
}

TEST(RemovedFromACopy, FieldsDoNotMakeOthersEditsSeen) {
  Record copy = row(query, "c-1", 7, query_text("copy", "SELECT 1"));
  copy.field_versions = {{std::string(any_field), Version{6}, Origin{{}, {}, copy.origin.stamp}},
                         {"name", Version{3}, copy.origin}};
  EXPECT_EQ(rev_as_made(copy, copy.origin), (Rev{Epoch{1}, Version{1}}));
}

}  // namespace
}  // namespace studiosync::testing
