// A page may end between the rows of one change. Whoever has read up to there, and gives that back
// to a server that was restored to before it, has what lost wherever it has what won.
#include "core/sync/give_back.hpp"
#include "core/sync/inbound.hpp"
#include "tests/core/sync/restore_fixture.hpp"

namespace studiosync::testing {
namespace {

using enum EntityType;

class OnePage : public RestoreTest {
 protected:
  // The laptop's title meets the tablet's, and one of them stays.
  void meet_in_a_conflict() {
    push_by(laptop_, upsert(1, saved_query, "q", query_text(first_, "select 1")));
    result_ = push_by(tablet_, upsert(1, saved_query, "q", query_text(second_, "select 1")));
  }
  bool is_somewhere(std::string_view text) const {
    return std::ranges::any_of(image().log, [&](const auto& row) {
      return row.second.content.find(text) != std::string::npos;
    });
  }
  // As a reader of each first part of `rows` leaves it.
  void expect_no_loss_whatever_was_read_of(const std::vector<Record>& rows) {
    for (std::size_t read = 0; read <= rows.size(); ++read) {
      SCOPED_TRACE(read);
      restore();
      give_back({rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(read)});
      if (!stored(saved_query, "q")) continue;
      EXPECT_TRUE(is_somewhere(first_));
      EXPECT_TRUE(is_somewhere(second_));
    }
  }

  const std::string_view first_ = "of the laptop";
  const std::string_view second_ = "of the tablet";
  ChangeResult result_;
};

TEST_F(OnePage, OfADecisionHasTheConflictBeforeItsResult) {
  back_up();
  choose(saved_query, Strategy::user_choice);
  meet_in_a_conflict();
  resolve(laptop_, {.conflict_id = result_.conflict_id,
                    .strategy = Strategy::user_choice,
                    .chosen = Choice::local});
  EXPECT_EQ(saved("q").content, query_text(second_, "select 1"));
  expect_no_loss_whatever_was_read_of(known());
}

TEST_F(OnePage, OfWhatADeviceGaveBackHasTheConflictBeforeItsRecord) {
  back_up();
  choose(saved_query, Strategy::last_write_wins);
  meet_in_a_conflict();
  auto phone = device_store("phone", 'P');
  ASSERT_TRUE(phone.begin());
  adopt_rows(phone, known(), now_);
  ASSERT_TRUE(phone.commit());
  restore();
  LostBatch lost = next_lost(phone, fork_, first_lost, {1, 1U << 20});
  for (; !lost.records.empty(); lost = next_lost(phone, fork_, lost.last, {1, 1U << 20})) {
    give_back(lost.records);
  }
  const auto given_back = known();
  ASSERT_EQ(given_back.size(), 2U);
  expect_no_loss_whatever_was_read_of(given_back);
}

TEST_F(OnePage, OfADecisionHasTheCopyFirst) {
  choose(saved_query, Strategy::user_choice);
  meet_in_a_conflict();
  back_up();
  const Resolve both{.conflict_id = result_.conflict_id, .strategy = Strategy::keep_both};
  const auto rows = resolve(laptop_, both).applied.rows;
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].type, saved_query);
  EXPECT_EQ(rows[1].type, conflict);
}

}  // namespace
}  // namespace studiosync::testing
