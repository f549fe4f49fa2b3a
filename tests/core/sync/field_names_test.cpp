// Names of fields that no edit may give any more, in records from before.
#include "tests/core/sync/restore_fixture.hpp"

namespace studiosync::testing {
namespace {

constexpr auto query = EntityType::saved_query;

class LongFieldNames : public RestoreTest {
 protected:
  LongFieldNames() {
    back_up();
    Fields with = Fields::from_content(query_text("A", "SELECT 1"));
    with.set(name_, "1");
    Record record = row(query, "q", 1, with.content());
    record.rev.epoch = {};
    write([&](UserTxn& log) { log.put(record); });
  }
  Applied upload_data(std::string_view data) {
    PlainChange change;
    change.id = "change-1";
    change.type = query;
    change.type_text = "saved_query";
    change.item_id = "q";
    change.data = json(data);
    change.base = Version{1};
    change.stamp = Stamp::at(now_);
    return upload({{}, {"script-1"}, "script"}, {change});
  }

  const std::string name_ = std::string(600, 'x');
};

TEST_F(LongFieldNames, AreGivenToNoRecord) {
  const std::string data = R"({"name":"A","query":"SELECT 1",")" + name_ + R"(":1})";
  const ChangeResult refused = push_by(laptop_, upsert(1, query, "new", data));
  ASSERT_TRUE(refused.error);
  EXPECT_EQ(refused.error->code, ErrorCode::validation_error);
  EXPECT_EQ(refused.error->path, R"($.changes[0].data["<600 bytes>"])");
}

TEST_F(LongFieldNames, DoNotKeepAPlainClientFromTheOthers) {
  EXPECT_EQ(upload_data(R"({"name":"B"})").results.at(0).status, Status::applied);
  EXPECT_NE(saved("q").content.find(name_), std::string::npos);
}

TEST_F(LongFieldNames, MayBeRemoved) {
  EXPECT_EQ(upload_data("{\"" + name_ + "\":null}").results.at(0).status, Status::applied);
  EXPECT_EQ(saved("q").content, query_text("A", "SELECT 1"));
}

TEST_F(LongFieldNames, ComeBackWithTheirRecordAfterARestore) {
  const auto lost = known();
  restore();
  give_back(lost);
  EXPECT_EQ(saved("q").content, lost.at(0).content);
}

}  // namespace
}  // namespace studiosync::testing
