#include "loadtest/fleet/ledger.hpp"

#include <gtest/gtest.h>

namespace studiosync::load {
namespace {

constexpr EntityType type = EntityType::saved_query;
constexpr const char* uuid = "01890a5d-ac96-774b-bcce-b302099a8057";

Record record(std::uint64_t version, std::string content) {
  Record made{.type = type, .id = uuid};
  made.rev = {Epoch{5}, Version{version}};
  made.seq = Seq{version};
  made.deleted = content.empty();
  made.content = std::move(content);
  return made;
}

void store(LeanDeviceStore& device, const Record& shadow) {
  ASSERT_TRUE(device.begin().has_value());
  device.put({.type = shadow.type, .id = shadow.id, .content = shadow.content, .shadow = shadow});
  ASSERT_TRUE(device.commit().has_value());
}

// What a run with this acknowledged version finds when the server has `there`.
Verification found(const Record& acknowledged, const std::optional<Record>& there) {
  LeanDeviceStore writer{std::nullopt};
  store(writer, acknowledged);
  Ledger ledger;
  ledger.acknowledged(type, uuid, *writer.known(type, uuid));
  LeanDeviceStore reader{0};
  if (there) store(reader, *there);
  return ledger.check(reader);
}

TEST(Ledger, ARecordAsAcknowledgedIsFound) {
  const Verification result = found(record(2, R"({"a":1})"), record(2, R"({"a":1})"));
  EXPECT_TRUE(result.done);
  EXPECT_TRUE(result.lossless());
  EXPECT_EQ(result.found, 1U);
}

TEST(Ledger, ALaterVersionIsSomebodyElsesAndFound) {
  EXPECT_TRUE(found(record(2, R"({"a":1})"), record(3, R"({"a":2})")).lossless());
}

TEST(Ledger, ARecordThatIsNotThereIsMissingAndNamed) {
  const Verification result = found(record(2, R"({"a":1})"), std::nullopt);
  EXPECT_EQ(result.missing, 1U);
  EXPECT_EQ(result.examples,
            std::vector<std::string>{"saved_query " + std::string(uuid) + " is missing"});
}

TEST(Ledger, ATombstoneOfWhatNobodyHereDeletedIsALoss) {
  EXPECT_EQ(found(record(2, R"({"a":1})"), record(3, "")).missing, 1U);
}

TEST(Ledger, WhatRetentionHasExpiredIsNoLoss) {
  Record expired = record(3, "");
  expired.reason = reason_expired;
  EXPECT_TRUE(found(record(2, R"({"a":1})"), expired).lossless());
}

TEST(Ledger, AnOlderVersionIsALostUpdate) {
  EXPECT_EQ(found(record(2, R"({"a":1})"), record(1, R"({"a":0})")).different, 1U);
}

TEST(Ledger, OtherContentUnderTheSameVersionIsALoss) {
  EXPECT_EQ(found(record(2, R"({"a":1})"), record(2, R"({"a":2})")).different, 1U);
}

TEST(Ledger, AnOlderAcknowledgementDoesNotReplaceANewerOne) {
  LeanDeviceStore writer{std::nullopt};
  Ledger ledger;
  store(writer, record(3, R"({"a":3})"));
  ledger.acknowledged(type, uuid, *writer.known(type, uuid));
  store(writer, record(2, R"({"a":2})"));
  ledger.acknowledged(type, uuid, *writer.known(type, uuid));
  LeanDeviceStore reader{0};
  store(reader, record(2, R"({"a":2})"));
  EXPECT_EQ(ledger.check(reader).different, 1U);
}

TEST(Ledger, ACopyMustExistInAnyVersion) {
  Ledger ledger;
  ledger.must_exist(type, uuid);
  LeanDeviceStore reader{0};
  EXPECT_EQ(ledger.check(reader).missing, 1U);
  store(reader, record(7, R"({"a":1})"));
  EXPECT_TRUE(ledger.check(reader).lossless());
}

}  // namespace
}  // namespace studiosync::load
