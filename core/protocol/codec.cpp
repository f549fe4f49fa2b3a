#include "core/protocol/codec.hpp"

#include <algorithm>
#include <array>

#include "core/base/limits.hpp"
#include "core/protocol/changes_text.hpp"
#include "core/protocol/frames.hpp"

namespace studiosync {
namespace {

struct FrameKind {
  std::string_view type;
  Message (*read)(const ObjectReader& in);
};

// In the order of Message's alternatives. A name that stands twice has one reader for both.
constexpr std::array<FrameKind, std::variant_size_v<Message>> kinds{{
    {"hello", read_hello},
    {"welcome", read_welcome},
    {"push", read_push},
    {"pushed", read_pushed},
    {"pull", read_pull},
    {"changes", read_changes},
    {"changed", read_changed},
    {"ack", read_ack},
    {"digest", read_digest},
    {"digest", read_digest},
    {"snapshot", read_snapshot},
    {"reconcile", read_reconcile},
    {"reconciled", read_reconciled},
    {"conflicts", read_conflicts},
    {"conflicts", read_conflicts},
    {"resolve", read_resolve},
    {"resolved", read_resolved},
    {"reauth", read_reauth},
    {"reauthed", read_reauthed},
    {"error", read_error},
    {"drain", read_drain},
    {"revoked", read_revoked},
}};

const FrameKind* kind_of(const Json& document) noexcept {
  const Json* type = document.find("type");
  if (type == nullptr || !type->is_string()) return nullptr;
  const auto at = std::find_if(kinds.begin(), kinds.end(), [&](const FrameKind& kind) {
    return kind.type == type->as_string();
  });
  return at == kinds.end() ? nullptr : &*at;
}

}  // namespace

std::string_view subprotocol(Encoding encoding) noexcept {
  return encoding == Encoding::json ? "sync.v1.json" : "sync.v1.cbor";
}

Result<Frame> decode(std::string_view bytes, Encoding encoding) {
  if (encoding == Encoding::json) {
    if (auto page = read_changes_text(bytes)) return std::move(*page);
  }
  SS_ASSIGN(Json document, encoding == Encoding::json ? parse_json(bytes) : parse_cbor(bytes));
  const FrameKind* kind = kind_of(document);
  if (kind == nullptr) {
    return fail(ErrorCode::bad_request, "not a frame of this protocol", "$.type");
  }
  std::optional<Error> error;
  const ObjectReader in(document, "$", error);
  Frame frame{.id = in.text_or_empty("id", limits::id_bytes_max), .body = kind->read(in)};
  if (error) return Unexpected(std::move(*error));
  if (auto* push = std::get_if<Push>(&frame.body)) adopt_data(*push, document);
  return frame;
}

std::string request_id(std::string_view bytes, Encoding encoding) {
  const auto document = encoding == Encoding::json ? parse_json(bytes) : parse_cbor(bytes);
  if (!document || kind_of(*document) == nullptr) return {};
  const Json* id = document->find("id");
  if (id == nullptr || !id->is_string() || id->as_string().size() > limits::id_bytes_max) return {};
  return id->as_string();
}

std::string encode(const Frame& frame, Encoding encoding) {
  Json document = Json::object();
  document.set("type", kinds[frame.body.index()].type);
  if (!frame.id.empty()) document.set("id", frame.id);
  std::visit([&](const auto& body) { write_members(body, document); }, frame.body);
  return encoding == Encoding::json ? document.dump() : to_cbor(document);
}

}  // namespace studiosync
