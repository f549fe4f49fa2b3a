#include "core/protocol/wire.hpp"

#include <charconv>

#include "core/base/hex.hpp"
#include "core/base/limits.hpp"
#include "core/base/object_text.hpp"

namespace studiosync {
namespace {

std::optional<WallTime> parse_wall_time(std::string_view text) {
  const auto time = parse_rfc3339(text);
  if (!time) return std::nullopt;
  const std::int64_t cut = ((time->unix_us % 1000) + 1000) % 1000;
  return WallTime{(time->unix_us - cut) / 1000};
}

}  // namespace

std::string hash_text(const Hash128& hash) {
  return to_hex(hash);
}
Json epoch_json(Epoch epoch) {
  return hex64(epoch.value);
}
Json seq_json(Seq seq) {
  return std::to_string(seq.value);
}

Json rev_json(const Rev& rev) {
  ObjectText json(48);
  json.set("epoch", hex64(rev.epoch.value)).set("version", rev.version.value);
  return std::move(json).take();
}

Json mark_json(const ReplicaMark& mark) {
  return Json::object().set("seq", mark.seq.value).set("change_id", to_string(mark.change));
}

Json epochs_json(const Epochs& epochs) {
  Json list = Json::array();
  for (const auto& [epoch, first_seq] : epochs) {
    list.push_back(
        Json::object().set("epoch", epoch_json(epoch)).set("first_seq", seq_json(first_seq)));
  }
  return list;
}

Json content_json(const std::string& canonical) {
  return canonical.empty() ? Json() : Json::raw(canonical);
}

std::optional<Epoch> parse_epoch(std::string_view text) {
  const auto value = parse_hex64(text);
  return value && *value <= integer_max ? std::optional(Epoch{*value}) : std::nullopt;
}

std::optional<Seq> parse_seq(std::string_view text) {
  std::uint64_t value = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || stop != text.data() + text.size() || value > limits::seq_max) {
    return std::nullopt;
  }
  return Seq{value};
}

std::optional<Hash128> parse_hash(std::string_view text) {
  Hash128 hash{};
  if (!read_hex(text, hash)) return std::nullopt;
  return hash;
}

Cursor read_cursor(const ObjectReader& in, std::string_view key) {
  return in.parsed(key, parse_cursor, "a cursor that this server gave");
}

Epoch read_epoch(const ObjectReader& in, std::string_view key) {
  return in.parsed(key, parse_epoch, "16 hex digits below 2^53");
}

Seq read_seq(const ObjectReader& in, std::string_view key) {
  return in.parsed(key, parse_seq, "a decimal number below 2^40, as text");
}

Rev read_rev(const ObjectReader& in, std::string_view key) {
  const ObjectReader rev = in.object(key);
  return {read_epoch(rev, "epoch"), {rev.number("version")}};
}

ReplicaMark read_mark(const ObjectReader& in, std::string_view key) {
  const ObjectReader mark = in.object(key);
  return {{mark.number("seq")}, mark.parsed("change_id", parse_uuid<ChangeId>, "a UUID")};
}

Epochs read_epochs(const ObjectReader& in, std::string_view key) {
  Epochs epochs;
  in.each(key, [&](const ObjectReader& mark) {
    epochs.push_back({read_epoch(mark, "epoch"), read_seq(mark, "first_seq")});
  });
  return epochs;
}

WallTime read_time(const ObjectReader& in, std::string_view key) {
  return in.parsed(key, parse_wall_time, "an RFC 3339 time");
}

CommitTime read_commit_time(const ObjectReader& in, std::string_view key) {
  return in.parsed(key, parse_rfc3339, "an RFC 3339 time");
}

Hash128 read_hash(const ObjectReader& in, std::string_view key) {
  return in.parsed(key, parse_hash, "32 hex digits");
}

Origin read_origin(const ObjectReader& in) {
  return {.replica = in.parsed("replica_id", parse_uuid<ReplicaId>, "a UUID"),
          .device_seq = {in.number("device_seq")},
          .stamp = in.parsed("hlc", parse_stamp, "16 hex digits")};
}

EntityType read_type(const ObjectReader& in, std::string_view key) {
  return in.parsed(key, parse_entity_type, "a type of the registry");
}

Strategy read_strategy(const ObjectReader& in, std::string_view key) {
  return in.parsed(key, parse_strategy, "a strategy");
}

}  // namespace studiosync
