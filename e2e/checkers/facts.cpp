#include "e2e/checkers/facts.hpp"

#include <algorithm>

namespace studiosync::e2e::judging {

std::size_t Facts::NameHash::operator()(const Name& name) const noexcept {
  const std::hash<std::string_view> hash;
  const std::size_t owner = hash(name.user) * 31 + static_cast<std::size_t>(name.type);
  return hash(name.id) ^ (owner * 0x9E3779B97F4A7C15ULL);
}

const UserFacts* Facts::user(std::string_view name) const noexcept {
  const auto at = user_numbers.find(name);
  return at == user_numbers.end() ? nullptr : &users[at->second];
}

std::optional<RecordNo> Facts::find(std::string_view user, EntityType type,
                                    std::string_view id) const {
  const auto at = numbers.find({user, type, id});
  return at == numbers.end() ? std::nullopt : std::optional(at->second);
}

RecordNo Facts::number(std::string_view user, EntityType type, std::string_view id) {
  const auto next = static_cast<RecordNo>(records.size());
  const auto [at, fresh] = numbers.try_emplace({user, type, id}, next);
  if (fresh) {
    records.push_back({.user = user, .type = type, .id = id});
    if (records.back().is_copy()) copies.push_back(next);
  }
  return at->second;
}

UserFacts& Facts::owner(std::string_view name) {
  const auto [at, fresh] = user_numbers.try_emplace(name, users.size());
  if (fresh) users.push_back({.name = name});
  return users[at->second];
}

bool Facts::reset_after(std::string_view name, Index event) const noexcept {
  const UserFacts* facts = user(name);
  return facts != nullptr && !facts->resets.empty() && facts->resets.back() > event;
}

std::optional<Facts::Cloning> Facts::cloning(LaneNo clone) const noexcept {
  const auto turn = std::ranges::find_if(turns, [&](const Turn& at) {
    return at.what->what == Turned::What::cloned && at.lane == clone;
  });
  if (turn == turns.end()) return std::nullopt;
  const auto named = std::ranges::find(lanes, turn->what->detail, &LaneFacts::name);
  if (named == lanes.end()) return std::nullopt;
  return Cloning{static_cast<LaneNo>(named - lanes.begin()), turn->event};
}

bool Facts::made_on(LaneNo lane, Index before, const Edit& edit) const noexcept {
  if (edit.lane == lane) return edit.event < before;
  const auto from = cloning(lane);
  return from && made_on(from->original, std::min(before, from->event), edit);
}

LaneNo Facts::identity(LaneNo lane) const noexcept {
  for (auto from = cloning(lane); from; from = cloning(lane)) lane = from->original;
  return lane;
}

const Turn* Facts::revoked(LaneNo lane) const noexcept {
  const auto found = std::ranges::find_if(turns, [&](const Turn& turn) {
    return turn.what->what == Turned::What::revoked && identity(turn.lane) == identity(lane);
  });
  return found == turns.end() ? nullptr : &*found;
}

bool Facts::gone_by(LaneNo lane, Index event) const noexcept {
  const Turn* turned = revoked(lane);
  if (turned == nullptr) return false;
  // What was under way to it when it was revoked may arrive after the event: rows of the log of
  // before, which tell it nothing of what the event did.
  const auto was_under_way = [&](const Moved& moved) {
    return turned->event < event && !moved.resync && moved.to.epoch != Epoch{} &&
           std::ranges::any_of(turns, [&](const Turn& turn) {
             return turn.event < event && turn.what->epoch == moved.to.epoch;
           });
  };
  return std::ranges::none_of(moves, [&](const Move& move) {
    return move.lane == lane && move.event > event && !was_under_way(*move.what);
  });
}

bool Facts::lost_in_crash(LaneNo lane, Index learned, Index restore) const noexcept {
  const auto crash = std::ranges::find_if(turns, [&](const Turn& turn) {
    return turn.what->what == Turned::What::crashed && turn.lane == lane && turn.event > learned;
  });
  if (crash == turns.end()) return false;
  const auto flushed = [&](const auto& what) {
    return what.lane == lane && learned < what.event && what.event < crash->event;
  };
  if (std::ranges::any_of(edits, flushed) || std::ranges::any_of(freezes, flushed)) return false;
  if (std::ranges::any_of(decisions, flushed)) return false;
  const Move* before = nullptr;
  for (const Move& move : moves) {
    if (move.lane != lane) continue;
    if (move.event > crash->event) return before == nullptr || move.what->from != before->what->to;
    if (move.event > restore) return false;
    before = &move;
  }
  return true;
}

// Where nobody says what the server wrote, a restore may have taken all that was answered before.
bool Facts::undone(const Change& change) const noexcept {
  if (!has_commits()) {
    return std::ranges::any_of(change.acks, [&](Index at) {
      return !server_restores.empty() && server_restores.back() > acks[at].event;
    });
  }
  return std::ranges::any_of(change.commits, [&](Index at) { return commits[at].undone != none; });
}

bool Facts::undone(const Edit& edit) const noexcept {
  return std::ranges::any_of(edit.carriers,
                             [&](Index carrier) { return undone(changes[carrier]); });
}

bool Facts::collected_after(std::string_view name, Index event) const noexcept {
  return std::ranges::any_of(turns, [&](const Turn& turn) {
    const bool theirs = turn.what->user.empty() || turn.what->user == name;
    return turn.what->what == Turned::What::collected && theirs && turn.event > event;
  });
}

}  // namespace studiosync::e2e::judging
