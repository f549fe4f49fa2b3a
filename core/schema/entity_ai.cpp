#include <array>

#include "core/schema/entities.hpp"

namespace studiosync {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::array roles{"system"sv, "user"sv, "assistant"sv};

constexpr std::array session_fields{
    FieldSpec{.name = "title",
              .bytes_max = field_bytes::name,
              .sanitize = SanitizeRule::free_text,
              .meaning = "what the chat is about"},
    FieldSpec{.name = "summary",
              .bytes_max = field_bytes::prose,
              .sanitize = SanitizeRule::free_text,
              .merge = MergeRule::longer_text,
              .meaning = "what was said so far"},
    FieldSpec{.name = "token_count",
              .kind = Kind::integer,
              .minimum = 0,
              .merge = MergeRule::maximum,
              .meaning = "tokens used so far"},
    created_at_field,
};

constexpr std::array message_fields{
    FieldSpec{.name = "session_id",
              .kind = Kind::reference,
              .required = true,
              .meaning = "the chat it belongs to"},
    FieldSpec{.name = "role",
              .kind = Kind::enumeration,
              .required = true,
              .choices = roles,
              .meaning = "who speaks"},
    FieldSpec{.name = "content",
              .required = true,
              .sanitize = SanitizeRule::free_text,
              .merge = MergeRule::longer_text,
              .meaning = "what was said; may be empty"},
    FieldSpec{.name = "tokens",
              .kind = Kind::integer,
              .minimum = 0,
              .merge = MergeRule::maximum,
              .meaning = "its length in tokens of the model"},
    FieldSpec{.name = "metadata",
              .kind = Kind::object,
              .bytes_max = field_bytes::tree,
              .sanitize = SanitizeRule::tree,
              .merge = MergeRule::deep_object,
              .meaning = "what clients keep beside it"},
    FieldSpec{.name = "timestamp",
              .kind = Kind::timestamp,
              .merge = MergeRule::maximum,
              .meaning = "when it was said, by the device's clock"},
    created_at_field,
};

}  // namespace

EntitySpec ai_session_entity() noexcept {
  return {.type = EntityType::ai_session,
          .wire_name = "ai_session",
          .plural = "ai_sessions",
          .table = "ai_memory_sessions",
          .name_field = "title",
          .strategy = Strategy::merge,
          .copies_allowed = true,
          .fields = session_fields,
          .meaning = "A chat with the assistant. Its number of messages is counted, never stored."};
}

EntitySpec ai_message_entity() noexcept {
  return {.type = EntityType::ai_message,
          .wire_name = "ai_message",
          .plural = "ai_messages",
          .table = "ai_memory_messages",
          .strategy = Strategy::merge,
          .immutable = true,
          .parent_field = "session_id",
          .parent = EntityType::ai_session,
          .fields = message_fields,
          .meaning = "One message of a chat."};
}

}  // namespace studiosync
