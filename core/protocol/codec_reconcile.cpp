// reconcile → reconciled: what devices still know of a history that a restore took from the server.
#include "core/base/limits.hpp"
#include "core/protocol/frames.hpp"
#include "core/protocol/wire.hpp"

namespace studiosync {

void write_members(const Reconcile& reconcile, Json& frame) {
  frame.set("fork_seq", seq_json(reconcile.fork_seq));
  frame.set("records", records_json(reconcile.records));
}

Message read_reconcile(const ObjectReader& in) {
  Reconcile reconcile{.fork_seq = read_seq(in, "fork_seq"), .records = {}};
  const Json::Array* records = in.array("records");
  if (records != nullptr && records->size() > limits::batch_changes_max) {
    in.fail("records", "at most " + std::to_string(limits::batch_changes_max) + " in one frame");
    return reconcile;
  }
  reconcile.records = read_records(in, "records");
  return reconcile;
}

void write_members(const Reconciled& reconciled, Json& frame) {
  frame.set("from", to_string(reconciled.from));
  frame.set("to", to_string(reconciled.to));
  frame.set("changes", records_json(reconciled.changes));
}

Message read_reconciled(const ObjectReader& in) {
  return Reconciled{.from = read_cursor(in, "from"),
                    .to = read_cursor(in, "to"),
                    .changes = read_records(in, "changes")};
}

}  // namespace studiosync
