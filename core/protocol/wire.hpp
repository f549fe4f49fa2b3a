// The small values that many frames carry: how they are written, and how they are read back.
#pragma once

#include <string>
#include <string_view>

#include "core/base/json.hpp"
#include "core/protocol/message.hpp"
#include "core/protocol/object_reader.hpp"

namespace studiosync {

std::string hash_text(const Hash128& hash);  // 32 hex digits, first byte first
Json epoch_json(Epoch epoch);                // 16 hex digits
Json seq_json(Seq seq);                      // decimal text
Json rev_json(const Rev& rev);               // {"epoch","version"}
Json mark_json(const ReplicaMark& mark);     // {"seq","change_id"}
Json epochs_json(const Epochs& epochs);      // [{"epoch","first_seq"}]
// Content as it is stored, spliced; null for the empty text of a tombstone.
Json content_json(const std::string& canonical);

// The name that leaves the process: the store's own codes are nobody else's business.
std::string_view wire_name(ErrorCode code) noexcept;

// Adds `hlc`, `replica_id` and `device_seq`. Objects are Json or ObjectText.
template <class Object>
void write_origin(const Origin& origin, Object& object) {
  object.set("hlc", to_string(origin.stamp));
  object.set("replica_id", to_string(origin.replica));
  object.set("device_seq", origin.device_seq.value);
}
// Adds the member unless the text is empty.
template <class Object>
void write_if(const char* key, const std::string& text, Object& object) {
  if (!text.empty()) object.set(key, text);
}

std::optional<Epoch> parse_epoch(std::string_view text);
std::optional<Seq> parse_seq(std::string_view text);
std::optional<Hash128> parse_hash(std::string_view text);

Cursor read_cursor(const ObjectReader& in, std::string_view key);
Epoch read_epoch(const ObjectReader& in, std::string_view key);
Seq read_seq(const ObjectReader& in, std::string_view key);
Rev read_rev(const ObjectReader& in, std::string_view key);
ReplicaMark read_mark(const ObjectReader& in, std::string_view key);
Epochs read_epochs(const ObjectReader& in, std::string_view key);
WallTime read_time(const ObjectReader& in, std::string_view key);
CommitTime read_commit_time(const ObjectReader& in, std::string_view key);
Hash128 read_hash(const ObjectReader& in, std::string_view key);
Origin read_origin(const ObjectReader& in);
EntityType read_type(const ObjectReader& in, std::string_view key);
Strategy read_strategy(const ObjectReader& in, std::string_view key);

}  // namespace studiosync
