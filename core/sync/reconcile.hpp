// The server's half of a restore: takes back from devices what a backup did not have. Runs on
// whatever thread owns the UserTxn; deterministic, and harmless to repeat: devices that give back
// the same history, in any order and any number of times, leave the same records.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/protocol/message.hpp"
#include "core/sync/apply.hpp"
#include "core/sync/user_log.hpp"

namespace studiosync {

// The device that gives back.
struct Giver {
  // As it was welcomed: what a reset has deleted since is not taken back.
  Generation welcomed;
  // Of its history: two that an account lost one after the other are told apart by them.
  Epochs epochs;
};

struct Reconciliation {
  // With the error `payload_too_large` more became of the records than fits into an answer, or than
  // one frame may have as its effect: fewer are to be sent, those that were taken among them. One
  // alone is never too much. With `resync_required` nothing of the frame was looked at.
  Applied applied;
  // Of the records named, in their order, those that are not stored as they were sent.
  std::vector<Record> changes;
};

// A record that this history has not touched since the fork is stored under its own rev, unless the
// same or a later version of it is there. Otherwise it is a concurrent change of what both
// histories share, and the version that follows exceeds both. Credentials are redacted or refused
// as in a push; a user's quota is not looked at: all of it was acknowledged once.
//
// `names` are those of the user's devices; one without a name is shown by its id.
using DeviceNames = std::map<DeviceId, std::string>;
Reconciliation apply_reconcile(UserTxn& log, const DeviceNames& names, const Reconcile& reconcile,
                               const Giver& giver, const ApplyContext& context);

}  // namespace studiosync
