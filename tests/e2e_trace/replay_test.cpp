#include "e2e/trace/replay.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "e2e/sim/world.hpp"
#include "tests/e2e_trace/tape.hpp"

namespace studiosync::e2e {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using What = Turned::What;

const std::string one = query("SELECT 1");
const std::string two = query("SELECT 2");
const std::string three = query("SELECT 3");

Replay replay(const std::vector<Recording>& recordings) {
  auto made = replay_of(recordings);
  EXPECT_TRUE(made) << made.error().message;
  return made ? std::move(*made) : Replay{};
}

// What changes met in the scenario, in place of what they met in the recording.
std::vector<std::string> differences_of(const Replay& made) {
  const RunResult run = run_scenario(made.scenario);
  EXPECT_THAT(run.unmet, IsEmpty());
  return differences(made.outcomes, outcomes_of(run.history));
}

std::size_t steps_of(const Replay& made, Do what) {
  return static_cast<std::size_t>(std::ranges::count(made.scenario.steps, what, &Step::what));
}

Tape first_device() {
  return Tape("laptop", 1).edits(10, one, two).freezes(20, 1).hears(21, Status::applied, 2);
}
Tape second_device() {
  return Tape("phone", 2).edits(11, one, three).freezes(30, 1).hears(31, Status::conflict, 2);
}

TEST(Replay, TwoRecordingsOfAConflictMeetItAgain) {
  const Replay made =
      replay({first_device().recording("a.jsonl"), second_device().recording("b.jsonl")});
  EXPECT_EQ(made.outcomes,
            (std::vector<Outcome>{{"phone", EntityType::saved_query, "q1", Status::conflict}}));
  EXPECT_THAT(differences_of(made), IsEmpty());
  EXPECT_THAT(made.notes, IsEmpty());
}

TEST(Replay, TheScenarioIsAFileThatCanBeRead) {
  const Replay made = replay({first_device().recording("a"), second_device().recording("b")});
  const auto read = parse_scenario(to_json_text(made.scenario));
  ASSERT_TRUE(read) << read.error().path << ": " << read.error().message;
  EXPECT_EQ(*read, made.scenario);
}

TEST(Replay, TheOrderOfTheFilesDoesNotMatter) {
  const Replay made = replay({second_device().recording("b"), first_device().recording("a")});
  EXPECT_THAT(differences_of(made), IsEmpty());
}

TEST(Replay, ADeviceThatHadReadTheOthersVersionMeetsNoConflict) {
  Tape phone("phone", 2);
  phone.edits(25, two, three).freezes(30, 2).hears(31, Status::applied, 3);
  const Replay made = replay({first_device().recording("a"), phone.recording("b")});
  EXPECT_THAT(made.outcomes, IsEmpty());
  EXPECT_THAT(differences_of(made), IsEmpty());
}

TEST(Replay, TheRecordedPolicyDecides) {
  Tape phone("phone", 2);
  phone.turns(1, What::started).turns(2, What::policy_chosen, "saved_query user_choice");
  phone.edits(11, one, three).freezes(30, 1).hears(31, Status::conflict, 2);
  const Replay made = replay({first_device().recording("a"), phone.recording("b")});
  EXPECT_EQ(steps_of(made, Do::policy), 1U);
  EXPECT_EQ(made.scenario.steps.back().expectation,
            (Expectation{.open_conflicts = std::size_t{1}}));
  EXPECT_THAT(differences_of(made), IsEmpty());
}

TEST(Replay, WhatWasNotRecordedOfTheOtherSideIsPlayedAndSaid) {
  const Replay made = replay({second_device().recording("b")});
  EXPECT_THAT(differences_of(made), IsEmpty());
  EXPECT_THAT(made.notes, Contains(HasSubstr("placeholder")));
}

TEST(Replay, AVersionOfADeviceThatWasNotRecordedIsWrittenElsewhere) {
  Tape phone("phone", 2);
  phone.edits(10, one, two).freezes(11, 1).hears(12, Status::applied, 2);
  phone.edits(30, three, one).freezes(31, 3).hears(32, Status::applied, 4);
  const Replay made = replay({phone.recording("b")});
  EXPECT_THAT(differences_of(made), IsEmpty());
  EXPECT_THAT(made.notes, Contains(HasSubstr("version 3")));
}

TEST(Replay, ADeleteIsCarriedOver) {
  Tape phone("phone", 2);
  phone.edits(11, one, {}).freezes(30, 1).hears(31, Status::applied, 2);
  const Replay made = replay({phone.recording("b")});
  EXPECT_EQ(steps_of(made, Do::remove), 1U);
  EXPECT_THAT(differences_of(made), IsEmpty());
}

TEST(Replay, AnEditWhileAChangeIsUnderWayComesBehindTheAnswer) {
  Tape laptop("laptop", 1);
  laptop.edits(10, {}, one).freezes(11, 0).edits(12, one, two).hears(13, Status::applied, 1);
  const Replay made = replay({laptop.recording("a")});
  EXPECT_THAT(made.notes, Contains(HasSubstr("under way")));
  const auto& steps = made.scenario.steps;
  const auto last = std::find_if(steps.rbegin(), steps.rend(),
                                 [](const Step& step) { return step.what == Do::put; });
  ASSERT_NE(last, steps.rend());
  EXPECT_EQ(last->data.find("query")->as_string(), "SELECT 2");
}

TEST(Replay, TwoRecordingsOfOneDeviceFollowEachOther) {
  Tape before("laptop", 1);
  before.edits(10, {}, one).freezes(11, 0);
  Tape after("laptop", 1);
  after.hears(20, Status::applied, 1);
  const Replay made = replay({before.recording("a"), after.recording("b")});
  EXPECT_EQ(made.scenario.devices.size(), 1U);
  EXPECT_THAT(made.notes, IsEmpty());
}

TEST(Replay, TwoDevicesOfOneNameAreToldApartByTheirReplicas) {
  Tape other("laptop", 2);
  other.edits(11, one, three).freezes(30, 1).hears(31, Status::conflict, 2);
  const Replay made = replay({first_device().recording("a"), other.recording("b")});
  ASSERT_EQ(made.scenario.devices.size(), 2U);
  EXPECT_EQ(made.scenario.devices[1].name, "laptop-2");
  EXPECT_THAT(made.notes, Contains(HasSubstr("laptop-2")));
  EXPECT_THAT(differences_of(made), IsEmpty());
}

TEST(Replay, SaysWhatIsNotInTheScenario) {
  Tape laptop("laptop", 1);
  laptop.turns(1, What::crashed).hears(2, Status::applied, 1).edits(3, {}, one).freezes(4, 0);
  laptop.edits(5, one, two).freezes(6, 1);
  laptop.notes(7, Edited{.user = "ann",
                         .type = EntityType::query_history,
                         .id = "h1",
                         .after = "{}",
                         .local_only = true});
  Tape server("server", 9);
  server.turns(1, What::started);
  const auto notes = replay({laptop.recording("a"), server.recording("s")}).notes;
  EXPECT_THAT(notes, Contains(HasSubstr("crashed")));
  EXPECT_THAT(notes, Contains(HasSubstr("whose change was not recorded")));
  EXPECT_THAT(notes, Contains(HasSubstr("the answer for saved_query q1")));
  EXPECT_THAT(notes, Contains(HasSubstr("private query_history h1")));
  EXPECT_THAT(notes, Contains(HasSubstr("s: 1 events of server and network")));
}

TEST(Replay, NothingIsMadeOfARecordingWithoutEdits) {
  EXPECT_EQ(replay_of({}).error().code, ErrorCode::not_found);
  const std::vector<Recording> idle{Tape("laptop", 1).turns(1, What::started).recording("a")};
  EXPECT_EQ(replay_of(idle).error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace studiosync::e2e
