#include "core/protocol/codec.hpp"
#include "core/sync/admission.hpp"
#include "core/sync/apply.hpp"
#include "core/sync/log_writer.hpp"

namespace studiosync {
namespace {

ResolveOutcome refused(ErrorCode code, std::string message, std::string path = {}) {
  ResolveOutcome outcome;
  outcome.error = Error{.code = code, .message = std::move(message), .path = std::move(path)};
  return outcome;
}

std::pair<Stamp, ReplicaId> age(const Side& side) {
  return {side.origin.stamp, side.origin.replica};
}

// What a request asks for, in terms of the two sides.
Result<Choice> choice_of(const Resolve& resolve, const ConflictCase& conflict) {
  if (resolve.merged_data) return Choice::merged;
  switch (resolve.strategy) {
    case Strategy::keep_both:
      if (!spec_of(conflict.type).copies_allowed) {
        return fail(ErrorCode::validation_error, "this type has no copies", "$.strategy");
      }
      return Choice::keep_both;
    case Strategy::last_write_wins:
      return age(conflict.remote) < age(conflict.local) ? Choice::local : Choice::remote;
    case Strategy::user_choice:
      if (resolve.chosen) return *resolve.chosen;
      return fail(ErrorCode::validation_error, "chosen_version or merged_data is needed",
                  "$.chosen_version");
    case Strategy::merge:
      break;
  }
  return fail(ErrorCode::validation_error, "not a strategy for resolving", "$.strategy");
}

// The remote side as it is now; a conflict whose record moved is shown afresh before it is decided.
Side side_of(const std::optional<Record>& stored) {
  Side side;
  side.deleted = !stored || stored->deleted;
  if (!stored) return side;
  side.content = stored->content;
  side.version = stored->rev.version;
  side.origin = stored->origin;
  side.device = stored->device;
  return side;
}

bool same_side(const Side& a, const Side& b) {
  return a.deleted == b.deleted && a.content == b.content && a.version == b.version &&
         a.origin == b.origin && a.device == b.device;
}

// Whether a person who saw `seen`, and `shown` of it, saw what is stored. After a restore the same
// number can be another text.
bool moved(const Record& stored, const Version seen, const Side& shown) {
  return stored.rev.version != seen || stored.deleted != shown.deleted ||
         stored.content != shown.content;
}

// Nothing is written where the conflict shows that already: whoever asks again learns it from the
// answer.
Result<> show_afresh(LogWriter& writer, ConflictView& view, const Record& stored,
                     const DeviceId& asker) {
  Side now = side_of(stored);
  if (same_side(view.conflict.remote, now)) return {};
  view.conflict.remote = std::move(now);
  view.remote_updated_at = stored.committed;
  SS_TRY(writer.check_room(view));
  writer.put_conflict(view, stored.origin, asker);
  return {};
}

// Once for each device, and without the texts, which stand beside the decision: asking costs
// nothing, and the archive is kept for long.
void archive_late_choice(UserTxn& log, ConflictCase conflict, const Author& author,
                         const Resolve& resolve, CommitTime at) {
  const std::string_view choice = resolve.chosen ? to_string(*resolve.chosen) : "none";
  const ChangeId memory{hash128("late choice\n" + conflict.id + '\n' + std::string(choice) + '\n' +
                                author.device.value)};
  if (log.applied(memory)) return;
  log.remember(memory, {.type = EntityType::conflict,
                        .item_id = conflict.id,
                        .status = Status::unchanged,
                        .at = at});
  for (Side* side : {&conflict.local, &conflict.remote}) {
    if (!side->deleted) side->content = "{}";
  }
  log.archive({.conflict = std::move(conflict),
               .result = {},
               .resolved_by = author.device.value,
               .choice = resolve.chosen,
               .at = at});
}

Incoming decision(const ConflictCase& conflict, const Author& author, const Resolve& resolve,
                  Stamp stamp) {
  Incoming as;
  as.type = conflict.type;
  as.id = conflict.item_id;
  // Not in the decider's stream: what it has on its way has not seen the decision.
  as.origin = {{}, {}, stamp};
  as.device = author.device;
  // Only a copy shows it, and a copy is the losing device's text, whoever decides.
  as.device_name =
      conflict.local.device_name.empty() ? conflict.local.device.value : conflict.local.device_name;
  as.change.bytes = hash128("resolve\n" + resolve.conflict_id);
  return as;
}

// Nothing where the person chose one of the sides.
Result<Fields> merged_fields(const Resolve& resolve, const ConflictCase& conflict) {
  if (!resolve.merged_data) return Fields{};
  constexpr std::string_view path = "$.merged_data";
  const EntitySpec& spec = spec_of(conflict.type);
  SS_ASSIGN(RedactedData data, RedactedData::from(spec, *resolve.merged_data, path));
  SS_ASSIGN(Admitted admitted,
            admit(spec, conflict.item_id, std::move(data), Completeness::whole, path));
  return std::move(admitted.fields);
}

}  // namespace

ResolveOutcome apply_resolve(UserTxn& log, const Author& author, const Resolve& resolve,
                             const ApplyContext& context) {
  const auto record = log.find(EntityType::conflict, resolve.conflict_id);
  if (!record || record->deleted) return refused(ErrorCode::not_found, "no such conflict");
  auto view = conflict_from_content(resolve.conflict_id, record->content);
  if (!view) return refused(ErrorCode::server_error, "the stored conflict cannot be read");

  LogWriter writer(log, context);
  ResolveOutcome outcome;
  if (view->resolved) {
    archive_late_choice(log, view->conflict, author, resolve, to_commit_time(context.now));
    outcome.conflict = std::move(*view);
    outcome.applied = writer.finish();
    return outcome;
  }
  const auto choice = choice_of(resolve, view->conflict);
  if (!choice) {
    outcome.error = choice.error();
    return outcome;
  }
  const auto stored = log.find(view->conflict.type, view->conflict.item_id);
  const Version seen = resolve.remote_version.value_or(view->conflict.remote.version);
  if (stored && moved(*stored, seen, view->conflict.remote)) {
    if (auto shown = show_afresh(writer, *view, *stored, author.device); !shown) {
      outcome.error = std::move(shown).error();
      return outcome;
    }
    outcome.conflict = std::move(*view);
    outcome.error = Error{.code = ErrorCode::version_conflict,
                          .message = "the record changed meanwhile; look at the conflict again"};
    outcome.applied = writer.finish();
    return outcome;
  }

  auto merged = merged_fields(resolve, view->conflict);
  if (!merged) {
    outcome.error = std::move(merged).error();
    return outcome;
  }
  const Incoming as = decision(view->conflict, author, resolve, Stamp::at(context.now));
  Outcome decided = decide(stored ? &*stored : nullptr, view->conflict, *choice, *merged, as);
  if (decided.error) {
    outcome.error = std::move(decided.error);
    return outcome;
  }
  if (auto room = writer.check_room(decided, as); !room) {
    outcome.error = std::move(room).error();
    return outcome;
  }
  view->conflict.open = false;
  view->resolved = true;
  view->choice = *choice;
  view->resolved_at = to_commit_time(context.now);
  writer.write_decision(decided, *view, as);
  log.conflict_closed(resolve.conflict_id);
  log.archive({.conflict = view->conflict,
               .result = decided.record ? decided.record->content : side_of(stored).content,
               .resolved_by = author.device.value,
               .choice = *choice,
               .at = *view->resolved_at});
  outcome.conflict = std::move(*view);
  outcome.applied = writer.finish();
  return outcome;
}

}  // namespace studiosync
