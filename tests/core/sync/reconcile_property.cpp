// Several devices give back what they know of a lost history, in any order, in any pieces, more
// than once: the newest version that any of them knows is what the server ends with.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/base/random.hpp"
#include "tests/core/sync/restore_fixture.hpp"

namespace studiosync::testing {
namespace {

constexpr auto query = EntityType::saved_query;
using Key = std::pair<EntityType, std::string>;

class ReconcileProperty : public RestoreTest, public ::testing::WithParamInterface<int> {
 protected:
  ReconcileProperty() : random_(static_cast<std::uint64_t>(GetParam())) {}

  std::string some_id() { return "q" + std::to_string(random_.below(5)); }

  // A create, an edit or a delete of some record, based on what is stored.
  void some_change(const Author& author, std::uint64_t seq) {
    const std::string id = some_id();
    const auto before = stored(query, id);
    if (before && !before->deleted) superseded_.insert(text_of(*before));
    if (before && !before->deleted && random_.below(4) == 0) {
      push(author, {with_id(removal(seq, query, id, before->rev))});
      return;
    }
    const std::string text = "select " + std::to_string(++texts_);
    written_.insert(text + '"');
    const Rev base = before && !before->deleted ? before->rev : Rev{};
    push(author, {with_id(upsert(seq, query, id, query_text("n", text), base, {"query"}))});
  }
  // Up to the closing quote: each edit's own.
  static std::string text_of(const Record& record) {
    const std::string text = record.content.substr(record.content.find("select "));
    return text.substr(0, text.find('"') + 1);
  }
  PushChange with_id(PushChange change) {
    change.change.bytes = uuid_v7(now_.unix_ms, random_);
    return change;
  }

  // What each of three devices knows when the server loses the rest.
  void lose_a_history() {
    for (std::uint64_t seq = 1; seq < 8; ++seq) some_change(laptop_, seq);
    back_up();
    const std::uint64_t changes = 1 + random_.below(15);
    for (std::uint64_t i = 0; i < changes; ++i) {
      if (random_.below(5) == 0) restart();
      some_change(laptop_, 8 + i);
      if (random_.below(3) == 0) knowledge_[random_.below(3)] = known();
    }
    knowledge_[random_.below(3)] = known();
    for (const auto& rows : knowledge_) {
      for (const Record& row : rows) note(row);
    }
    restore();
    written_.clear();
    superseded_.clear();
  }
  void note(const Record& row) {
    Record& newest = newest_[{row.type, row.id}];
    if (row.rev.version > newest.rev.version) newest = row;
  }

  // All of it in pieces, shuffled, some pieces twice.
  std::vector<std::vector<Record>> frames() {
    std::vector<std::vector<Record>> all;
    for (const auto& rows : knowledge_) {
      for (std::size_t at = 0; at < rows.size();) {
        const std::size_t size = std::min<std::size_t>(1 + random_.below(3), rows.size() - at);
        const auto begin = rows.begin() + static_cast<std::ptrdiff_t>(at);
        all.emplace_back(begin, begin + static_cast<std::ptrdiff_t>(size));
        if (random_.below(4) == 0) all.push_back(all.back());
        at += size;
      }
    }
    for (std::size_t i = all.size(); i > 1; --i) std::swap(all[i - 1], all[random_.below(i)]);
    return all;
  }

  bool stored_somewhere(const std::string& text) const {
    const auto holds = [&](const std::string& content) {
      return content.find(text) != std::string::npos;
    };
    return std::ranges::any_of(image().log,
                               [&](const auto& row) { return holds(row.second.content); }) ||
           std::ranges::any_of(image().archive, [&](const ArchiveRow& row) {
             return holds(row.conflict.local.content) || holds(row.conflict.remote.content);
           });
  }

  Random random_;
  std::uint64_t texts_ = 0;
  std::vector<Record> knowledge_[3];
  std::map<Key, Record> newest_;
  std::set<std::string> written_;     // and not lost with the history
  std::set<std::string> superseded_;  // by an edit of somebody who saw it
};

TEST_P(ReconcileProperty, LeavesExactlyTheNewestLostVersionOfEveryRecord) {
  lose_a_history();
  const auto before = image().items;
  for (auto& frame : frames()) give_back(std::move(frame));
  for (const auto& [key, lost] : newest_) {
    const auto now = stored(key.first, key.second);
    ASSERT_TRUE(now) << key.second;
    EXPECT_EQ(now->rev, lost.rev) << key.second;
    EXPECT_EQ(now->deleted, lost.deleted) << key.second;
    EXPECT_EQ(now->content, lost.content) << key.second;
  }
  for (const auto& [key, seq] : image().items) {
    if (newest_.contains(key)) continue;
    ASSERT_TRUE(before.contains(key)) << key.second;
    EXPECT_EQ(seq, before.at(key)) << key.second;
  }
  EXPECT_TRUE(image().archive.empty());
}

TEST_P(ReconcileProperty, LosesNoTextWhenPeopleWorkOnMeanwhile) {
  lose_a_history();
  std::uint64_t seq = 0;
  for (auto& frame : frames()) {
    if (random_.below(2) == 0) some_change(tablet_, ++seq);
    give_back(std::move(frame));
  }
  for (const auto& [key, lost] : newest_) {
    const Record now = stored(key.first, key.second).value_or(Record{});
    EXPECT_GE(now.rev.version, lost.rev.version) << key.second;
    if (!lost.deleted) written_.insert(text_of(lost));
  }
  for (const std::string& text : written_) {
    EXPECT_TRUE(superseded_.contains(text) || stored_somewhere(text)) << text;
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, ReconcileProperty, ::testing::Range(0, 200));

}  // namespace
}  // namespace studiosync::testing
