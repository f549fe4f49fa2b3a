#include "tests/core/protocol/arbitrary_frame.hpp"

#include "core/base/limits.hpp"

namespace studiosync {
namespace {

constexpr std::uint64_t integers = 1ULL << 53;

bool coin(Random& random) {
  return random.below(2) == 0;
}

template <class Make>
auto some(Random& random, Make make) {
  std::vector<decltype(make(random))> list;
  for (std::uint64_t n = random.below(4); n > 0; --n) list.push_back(make(random));
  return list;
}

template <class Make>
auto maybe(Random& random, Make make) {
  return coin(random) ? std::optional(make(random)) : std::nullopt;
}

std::string text(Random& random) {
  static constexpr std::array<std::string_view, 6> parts{"a",  "Z",        " \"\\/",
                                                         "\n", "\xC3\xB6", "\xF0\x9F\x98\x80"};
  std::string text;
  for (std::uint64_t n = random.below(6); n > 0; --n) text += parts[random.below(parts.size())];
  return text;
}

std::string id(Random& random) {
  return "id-" + std::to_string(random.below(1000));
}

template <class Id>
Id uuid(Random& random) {
  return Id{uuid_v7(static_cast<std::int64_t>(random.below(1ULL << 47)), random)};
}

template <class Enum, std::size_t count>
Enum one_of(Random& random, const std::array<Enum, count>& all) {
  return all[random.below(count)];
}

Epoch epoch(Random& random) {
  return {random.below(integers)};
}
Seq seq(Random& random) {
  return {random.below(limits::seq_max + 1)};
}
Rev rev(Random& random) {
  return {epoch(random), {random.below(integers)}};
}
Cursor cursor(Random& random) {
  return {epoch(random), seq(random), {random.below(integers)}};
}
// Within the years 1970 to 9999.
CommitTime commit_time(Random& random) {
  return {static_cast<std::int64_t>(random.below(253'402'300'800'000'000))};
}
WallTime time(Random& random) {
  return {commit_time(random).unix_us / 1000};
}
ReplicaMark mark(Random& random) {
  return {{random.below(integers)}, uuid<ChangeId>(random)};
}
EpochMark epoch_mark(Random& random) {
  return {epoch(random), seq(random)};
}
EntityType type(Random& random) {
  return one_of(random, user_entity_types);
}
std::uint8_t byte(Random& random) {
  return static_cast<std::uint8_t>(random.below(256));
}

Origin origin(Random& random) {
  return {uuid<ReplicaId>(random), {random.below(integers)}, {random.next()}};
}

Strategy strategy(Random& random) {
  return one_of(random, std::array{Strategy::last_write_wins, Strategy::keep_both, Strategy::merge,
                                   Strategy::user_choice});
}

Status status(Random& random) {
  return static_cast<Status>(random.below(7));
}

Hash128 hash(Random& random) {
  Hash128 hash{};
  for (auto& b : hash) b = byte(random);
  return hash;
}

std::string content(Random& random) {
  Json object = Json::object();
  object.set("name", text(random)).set(text(random) + "x", random.next());
  object.set("nested", Json::object().set("b", random.unit()).set("a", Json::array()));
  return object.canonical();
}

Record record(Random& random) {
  Record record{.type = type(random),
                .id = id(random),
                .deleted = coin(random),
                .rev = rev(random),
                .origin = origin(random),
                .device = {id(random)},
                .seq = seq(random),
                .committed = commit_time(random)};
  record.field_versions = some(random, [](Random& r) {
    return FieldVersion{text(r), {r.below(integers)}, origin(r)};
  });
  if (record.deleted) {
    record.reason = coin(random) ? "expired" : "";
  } else {
    record.content = content(random);
  }
  return record;
}

PushChange change(Random& random) {
  PushChange change{.change = uuid<ChangeId>(random),
                    .device_seq = {1 + random.below(integers - 1)},
                    .type = type(random),
                    .item_id = id(random),
                    .action = coin(random) ? Action::upsert : Action::remove,
                    .reason = coin(random) ? "private" : "",
                    .base = rev(random),
                    .changed_fields = maybe(random, [](Random& r) { return some(r, text); }),
                    .stamp = {random.next()},
                    .confirm_mass_delete = coin(random)};
  if (change.action == Action::upsert) change.data = Json::raw(content(random));
  return change;
}

Error error(Random& random) {
  return {.code = static_cast<ErrorCode>(random.below(static_cast<int>(ErrorCode::store_error))),
          .message = text(random),
          .path = coin(random) ? "$.a[0]" : "",
          .rule = coin(random) ? "rule" : ""};
}

ChangeResult result(Random& random) {
  ChangeResult result{.change_id = id(random),
                      .device_seq = {random.below(integers)},
                      .item_type = id(random),
                      .item_id = id(random),
                      .status = status(random),
                      .first_status = maybe(random, status),
                      .rev = rev(random),
                      .stamp = {random.next()},
                      .committed = commit_time(random),
                      .hash = hash(random),
                      .conflict_id = coin(random) ? id(random) : "",
                      .copy_id = coin(random) ? id(random) : "",
                      .strategy = maybe(random, strategy),
                      .record = maybe(random, record)};
  if (result.status == Status::rejected) result.error = error(random);
  return result;
}

Side side(Random& random) {
  Side side{.deleted = coin(random),
            .version = {random.below(integers)},
            .origin = origin(random),
            .device = {id(random)}};
  if (!side.deleted) side.content = content(random);
  return side;
}

Resolve resolve(Random& random) {
  return {.conflict_id = id(random),
          .strategy = one_of(random, std::array{Strategy::last_write_wins, Strategy::keep_both,
                                                Strategy::user_choice}),
          .chosen = maybe(random,
                          [](Random& r) {
                            return one_of(r, std::array{Choice::local, Choice::remote});
                          }),
          .merged_data = maybe(random, [](Random& r) { return Json::raw(content(r)); }),
          .remote_version = maybe(random, [](Random& r) { return Version{r.below(integers)}; })};
}

Hello hello(Random& random) {
  return {.token = text(random),
          .device = {id(random)},
          .device_name = text(random),
          .replica = uuid<ReplicaId>(random),
          .acked = mark(random),
          .frozen = mark(random),
          .cursor = cursor(random),
          .epochs = some(random, epoch_mark),
          .now = time(random),
          .protocol = static_cast<int>(random.below(9))};
}

Welcome welcome(Random& random) {
  return {.user_id = text(random),
          .server_time = time(random),
          .epoch = epoch(random),
          .epochs = some(random, epoch_mark),
          .replica = mark(random),
          .head = cursor(random),
          .floor = seq(random),
          .fork_seq = maybe(random, seq),
          .token_expires_at = time(random)};
}

Changes changes(Random& random) {
  return {cursor(random), cursor(random), some(random, record), coin(random), coin(random)};
}

DigestAnswer digest_answer(Random& random) {
  DigestAnswer answer{.cursor = cursor(random)};
  answer.has_rows = coin(random);
  if (answer.has_rows) {
    answer.rows = some(random, record);
  } else {
    for (auto& sum : answer.sums) sum = hash(random);
  }
  return answer;
}

Message body(std::size_t kind, Random& random) {
  switch (kind) {
    case 0:
      return hello(random);
    case 1:
      return welcome(random);
    case 2:
      return Push{time(random), some(random, change), coin(random) ? cursor(random) : Cursor{}};
    case 3:
      return Pushed{cursor(random), cursor(random), some(random, result), some(random, record)};
    case 4:
      return Pull{cursor(random), static_cast<std::uint32_t>(random.below(1U << 31))};
    case 5:
      return changes(random);
    case 6:
      return Changed{cursor(random)};
    case 7:
      return Ack{cursor(random)};
    case 8:
      return DigestRequest{cursor(random), some(random, byte)};
    case 9:
      return digest_answer(random);
    case 10:
      return Snapshot{maybe(random, cursor)};
    case 11:
      return Reconcile{seq(random), some(random, record)};
    case 12:
      return Reconciled{cursor(random), cursor(random), some(random, record)};
    case 13:
      return ConflictsRequest{coin(random)};
    case 14:
      return Conflicts{some(random, arbitrary_conflict)};
    case 15:
      return resolve(random);
    case 16:
      return Resolved{arbitrary_conflict(random), cursor(random), cursor(random)};
    case 17:
      return Reauth{text(random)};
    case 18:
      return Reauthed{time(random)};
    case 19:
      return ErrorFrame{error(random)};
    case 20:
      return Drain{{static_cast<std::int64_t>(random.below(100'000))}};
    default:
      return Revoked{text(random)};
  }
}

}  // namespace

Frame arbitrary_frame(std::size_t kind, std::uint64_t seed) {
  Random random(seed);
  return {coin(random) ? id(random) : "", body(kind, random)};
}

ConflictView arbitrary_conflict(Random& random) {
  const bool resolved = coin(random);
  ConflictView view{.conflict = {.id = id(random),
                                 .type = type(random),
                                 .item_id = id(random),
                                 .local = side(random),
                                 .remote = side(random),
                                 .strategy = strategy(random),
                                 .open = !resolved},
                    .resolved = resolved,
                    .detected_at = commit_time(random),
                    .local_updated_at = commit_time(random),
                    .remote_updated_at = commit_time(random)};
  if (resolved) {
    view.choice = static_cast<Choice>(random.below(4));
    view.resolved_at = commit_time(random);
  }
  return view;
}

}  // namespace studiosync
