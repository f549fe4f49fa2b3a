#include "e2e/sim/frame_text.hpp"

#include "core/protocol/codec.hpp"

namespace studiosync::e2e {
namespace {

std::string counted(std::size_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

std::string span(const Cursor& from, const Cursor& to) {
  return std::to_string(from.seq.value) + "→" + std::to_string(to.seq.value);
}

std::string seq(Seq at) {
  return std::to_string(at.value);
}

FrameText text_of(const Hello& hello) {
  return {"hello", "read up to " + seq(hello.cursor.seq)};
}
FrameText text_of(const Welcome& welcome) {
  return {"welcome", "head " + seq(welcome.head.seq) +
                         (welcome.fork_seq ? ", fork at " + seq(*welcome.fork_seq) : "")};
}
FrameText text_of(const Push& push) {
  const std::string first =
      push.changes.empty() ? "" : " from " + std::to_string(push.changes.front().device_seq.value);
  return {"push", counted(push.changes.size(), "change") + first};
}
FrameText text_of(const Pushed& pushed) {
  return {"pushed", counted(pushed.results.size(), "result") + ", " + span(pushed.from, pushed.to)};
}
FrameText text_of(const Pull& pull) {
  return {"pull", "after " + seq(pull.cursor.seq)};
}
FrameText text_of(const Changes& changes) {
  return {"changes", counted(changes.changes.size(), "row") + ", " +
                         span(changes.from, changes.to) + (changes.has_more ? ", more" : "")};
}
FrameText text_of(const Changed& changed) {
  return {"changed", "head " + seq(changed.head.seq)};
}
FrameText text_of(const ErrorFrame& frame) {
  return {"error", std::string(to_string(frame.error.code))};
}
FrameText text_of(const Drain&) {
  return {"drain", ""};
}
FrameText text_of(const Revoked&) {
  return {"revoked", ""};
}
FrameText text_of(const Ack& ack) {
  return {"ack", seq(ack.cursor.seq)};
}
FrameText text_of(const DigestRequest&) {
  return {"digest", ""};
}
FrameText text_of(const DigestAnswer&) {
  return {"digest", "answer"};
}
FrameText text_of(const Snapshot&) {
  return {"snapshot", ""};
}
FrameText text_of(const Reauth&) {
  return {"reauth", ""};
}
FrameText text_of(const Reauthed&) {
  return {"reauthed", ""};
}
FrameText text_of(const ConflictsRequest&) {
  return {"conflicts", ""};
}
FrameText text_of(const Conflicts& answer) {
  return {"conflicts", counted(answer.conflicts.size(), "conflict")};
}
FrameText text_of(const Resolve& resolve) {
  return {"resolve", resolve.conflict_id};
}
FrameText text_of(const Resolved& resolved) {
  return {"resolved", span(resolved.from, resolved.to)};
}
FrameText text_of(const Reconcile& reconcile) {
  return {"reconcile", counted(reconcile.records.size(), "record")};
}
FrameText text_of(const Reconciled& answer) {
  return {"reconciled",
          counted(answer.changes.size(), "row") + ", " + span(answer.from, answer.to)};
}

}  // namespace

FrameText describe(std::string_view payload, std::string_view of_subprotocol) {
  const bool cbor = of_subprotocol == subprotocol(Encoding::cbor);
  const auto frame = decode(payload, cbor ? Encoding::cbor : Encoding::json);
  if (!frame) return {"?", ""};
  return std::visit([](const auto& body) { return text_of(body); }, frame->body);
}

}  // namespace studiosync::e2e
