#include "tests/e2e_trace/tape.hpp"

#include "core/base/json.hpp"

namespace studiosync::e2e {
namespace {

constexpr WallTime beginning{1'700'000'000'000};
constexpr EntityType type = EntityType::saved_query;

template <class Id>
Id id_of(std::uint64_t high, std::uint64_t low) {
  Id id;
  for (std::size_t i = 0; i < 8; ++i) {
    id.bytes[i] = static_cast<std::uint8_t>(high >> (8 * i));
    id.bytes[8 + i] = static_cast<std::uint8_t>(low >> (8 * i));
  }
  return id;
}

}  // namespace

std::string query(const std::string& text) {
  return Json::object().set("name", "Orders").set("query", text).canonical();
}

ReplicaId Tape::replica() const {
  return id_of<ReplicaId>(number_, 1);
}

ChangeId Tape::change(std::uint64_t seq) const {
  return id_of<ChangeId>(number_, seq);
}

Tape& Tape::notes(int second, Happening what) {
  history_.push_back({.number = history_.size(),
                      .at = beginning + Millis{second * 1'000LL},
                      .lane = lane_,
                      .what = std::move(what)});
  return *this;
}

Tape& Tape::edits(int second, const std::string& before, const std::string& after) {
  return notes(second, Edited{.user = "ann",
                              .type = type,
                              .id = "q1",
                              .action = after.empty() ? Action::remove : Action::upsert,
                              .before = before,
                              .after = after});
}

Tape& Tape::freezes(int second, std::uint64_t base) {
  ++frozen_;
  FrozenEdit frozen{.replica = replica(), .seq = {frozen_}, .change = change(frozen_)};
  frozen.type = type;
  frozen.id = "q1";
  frozen.base.version = {base};
  return notes(second, frozen);
}

Tape& Tape::hears(int second, Status status, std::uint64_t version) {
  ++answered_;
  Acknowledged answer{.user = "ann", .replica = replica(), .seq = {answered_}};
  answer.change = change(answered_);
  answer.type = type;
  answer.id = "q1";
  answer.status = status;
  answer.rev.version = {version};
  return notes(second, answer);
}

Tape& Tape::turns(int second, Turned::What what, const std::string& detail) {
  return notes(second, Turned{.what = what, .user = "ann", .detail = detail});
}

}  // namespace studiosync::e2e
