// error, drain, revoked: what the server says when it cannot or will not go on.
#include "core/protocol/codec.hpp"
#include "core/protocol/frames.hpp"
#include "core/protocol/wire.hpp"

namespace studiosync {
namespace {

void write_error(const Error& error, Json& object) {
  object.set("code", wire_name(error.code));
  object.set("message", error.message);
  write_if("path", error.path, object);
  write_if("rule", error.rule, object);
  if (error.retry_after_ms > 0) object.set("retry_after_ms", error.retry_after_ms);
}

}  // namespace

std::string_view wire_name(ErrorCode code) noexcept {
  if (code == ErrorCode::store_error) return to_string(ErrorCode::server_error);
  if (code == ErrorCode::store_locked) return to_string(ErrorCode::service_unavailable);
  return to_string(code);
}

Json to_json(const Error& error) {
  Json json = Json::object().set("error", true);
  write_error(error, json);
  return json;
}

void write_members(const ErrorFrame& error, Json& frame) {
  write_error(error.error, frame);
  frame.set("retryable", error.error.retryable());
}

Message read_error(const ObjectReader& in) {
  return ErrorFrame{
      {.code = error_code_from(in.text("code")),
       .message = in.text_or_empty("message"),
       .path = in.text_or_empty("path"),
       .rule = in.text_or_empty("rule"),
       .retry_after_ms = static_cast<std::int64_t>(in.number_or("retry_after_ms", 0))}};
}

void write_members(const Drain& drain, Json& frame) {
  frame.set("delay_ms", drain.delay.count);
}

Message read_drain(const ObjectReader& in) {
  return Drain{{static_cast<std::int64_t>(in.number("delay_ms"))}};
}

void write_members(const Revoked& revoked, Json& frame) {
  frame.set("reason", revoked.reason);
}

Message read_revoked(const ObjectReader& in) {
  return Revoked{in.text_or_empty("reason")};
}

}  // namespace studiosync
