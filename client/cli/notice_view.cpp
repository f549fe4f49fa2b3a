#include "client/cli/notice_view.hpp"

#include "client/cli/next_step.hpp"

namespace studiosync::client {
namespace {

std::string_view event_name(Notice::Kind kind) {
  switch (kind) {
    case Notice::Kind::state:
      return "state";
    case Notice::Kind::changed:
      return "changed";
    case Notice::Kind::settled:
      return "uploaded";
    case Notice::Kind::rejected:
      return "rejected";
    case Notice::Kind::conflict:
      return "conflict";
    case Notice::Kind::progress:
      return "progress";
    case Notice::Kind::token_needed:
      return "token_needed";
    case Notice::Kind::failing:
      return "failing";
    case Notice::Kind::digest:
      return "digest";
    case Notice::Kind::recovery:
      return "recovery";
  }
  return "unknown";
}

// Nothing more comes until a person has done something.
bool has_halted(const Notice& notice) {
  return notice.kind == Notice::Kind::state && notice.text == to_string(LinkState::halted);
}

void add_queue(Json& event, const EngineStatus& status) {
  event.set("pending", status.counts.pending).set("in_flight", status.counts.frozen);
  event.set("synced", status.synced);
}

void add_settlement(Json& event, const Settled& settled) {
  event.set("status", to_string(settled.status));
  if (!settled.conflict_id.empty()) event.set("conflict_id", settled.conflict_id);
  if (!settled.copy_id.empty()) event.set("copy_id", settled.copy_id);
}

}  // namespace

Json notice_view(const Notice& notice, const EngineStatus& status) {
  Json event = Json::object();
  event.set("event", event_name(notice.kind));
  if (notice.kind == Notice::Kind::state) event.set("state", notice.text);
  if (notice.kind == Notice::Kind::recovery) event.set("what", notice.text);
  if (notice.kind == Notice::Kind::digest)
    event.set("equal", notice.equal).set("digest", notice.text);
  if (!notice.key.id.empty())
    event.set("type", to_string(notice.key.type)).set("id", notice.key.id);
  if (notice.settled) add_settlement(event, *notice.settled);
  if (notice.kind == Notice::Kind::progress) add_queue(event, status);
  if (notice.error) {
    event.set("code", to_string(notice.error->code)).set("message", notice.error->message);
    if (!notice.error->path.empty()) event.set("path", notice.error->path);
    if (has_halted(notice)) event.set("next", next_step(notice.error->code));
  }
  return event;
}

}  // namespace studiosync::client
