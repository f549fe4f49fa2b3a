// Frames as bytes: JSON text (`sync.v1.json`) or the same objects as CBOR (`sync.v1.cbor`). Pure;
// any thread.
#pragma once

#include <string>
#include <string_view>

#include "core/protocol/message.hpp"
#include "core/protocol/object_reader.hpp"

namespace studiosync {

enum class Encoding : std::uint8_t { json, cbor };
std::string_view subprotocol(Encoding encoding) noexcept;  // sync.v1.json, sync.v1.cbor

// `bad_request` (malformed, not a frame of ours) or `validation_error` (a field's type), with the
// path. A push with one unreadable change decodes; that change carries the error.
Result<Frame> decode(std::string_view bytes, Encoding encoding);
// The `id` of a request that `decode` refused, so that the refusal can name it; empty where nothing
// of ours can be made out.
std::string request_id(std::string_view bytes, Encoding encoding);
std::string encode(const Frame& frame, Encoding encoding);

// The parts that HTTP shares. Numbers that may pass 2^53 are texts.
Json to_json(const Record& record);  // a row of `changes`
Json to_json(const ChangeResult& result);
Json to_json(const ConflictView& conflict);
Json to_json(
    const Error& error);  // {"error":true,"code","message","path"?,"rule"?,"retry_after_ms"?}

// What a person decided, without the conflict's id: over HTTP that stands in the path. The strategy
// is looked at first.
Resolve read_decision(std::string conflict_id, const ObjectReader& in);

// The stored form of a conflict record's content (type `conflict`), and back.
Fields conflict_content(const ConflictView& view);
Result<ConflictView> conflict_from_content(std::string_view id, std::string_view content);

}  // namespace studiosync
