#include <utility>

#include "core/conflicts/deletes.hpp"
#include "core/conflicts/derived_id.hpp"
#include "core/conflicts/strategies.hpp"

namespace studiosync {
namespace {

// The person saw both sides, so nothing of the stored record stays but what is equal.
Outcome replace_live(const Record& stored, const Fields& fields, const Incoming& as) {
  const History history(stored);
  Successor next(history, as);
  for (const auto& [field, value] : history.fields()) {
    if (fields.find(field) == nullptr) next.apply({field, nullptr});
  }
  for (const auto& [field, value] : fields) {
    const std::string* old = history.fields().find(field);
    if (old == nullptr || *old != value) next.apply({field, &value});
  }
  return next.changed() ? applied(next.record()) : Outcome{};
}

Outcome replace(const Record* stored, const Fields& fields, const Incoming& as) {
  if (stored == nullptr) return applied(created(as, fields));
  if (stored->deleted) return applied(recreated(*stored, as, fields));
  return replace_live(*stored, fields, as);
}

Outcome take_local(const Record* stored, const Side& local, const Incoming& as) {
  if (!local.deleted) return replace(stored, Fields::from_content(local.content), as);
  if (stored == nullptr || stored->deleted) return {};
  return applied(buried(*stored, as));
}

Outcome copy_local(const ConflictCase& open, const Incoming& as) {
  Outcome outcome;
  if (!spec_of(open.type).copies_allowed) {
    outcome.status = Status::rejected;
    outcome.error = Error{.code = ErrorCode::validation_error,
                          .message = "records of this type have no copies"};
  } else if (!open.local.deleted) {
    outcome.status = Status::applied;
    // From the conflict and its text, not from the decision: whoever decides again makes the same
    // copy, unless the loser went on editing.
    outcome.copy = conflicted_copy(as, derived_id("c-", open.id + open.local.content, "copy"),
                                   Fields::from_content(open.local.content));
  }
  return outcome;
}

}  // namespace

Outcome decide(const Record* stored, const ConflictCase& open, Choice choice, const Fields& merged,
               const Incoming& as) {
  if (stored != nullptr && absorbing(*stored)) return {};
  switch (choice) {
    case Choice::local:
      return take_local(stored, open.local, as);
    case Choice::remote:
      return {};
    case Choice::keep_both:
      return copy_local(open, as);
    case Choice::merged:
      return replace(stored, merged, as);
  }
  return {};
}

}  // namespace studiosync
