#include "client/cli/sync_reason.hpp"

namespace studiosync::client {
namespace {

bool unsynced(const DeviceRecord& record) {
  return record.edit || record.in_flight;
}

SyncReason refused(const RejectedChange& rejected) {
  const std::string since = " since " + to_rfc3339(rejected.at);
  const std::string id = to_string(rejected.change.change);
  if (rejected.error.code == ErrorCode::mass_delete_held) {
    return {"held", "the delete is held" + since + ": syncctl rejected retry " + id +
                        " confirms it, rejected discard takes it back"};
  }
  return {"rejected", "refused with " + std::string(to_string(rejected.error.code)) + since + ": " +
                          rejected.error.message + "; syncctl rejected list"};
}

SyncReason at_rest(const Situation& s) {
  if (!s.record.shadow) return {"local_only", "the server has never had it"};
  const std::string version = std::to_string(s.record.shadow->rev.version.value);
  if (s.record.shadow->deleted) return {"synced", "deleted on the server as version " + version};
  return {"synced", "the server has it as version " + version};
}

std::string behind(std::size_t ahead) {
  return ahead == 1 ? "waits behind 1 change"
                    : "waits behind " + std::to_string(ahead) + " changes";
}

SyncReason recovering(Recovery recovery) {
  if (recovery == Recovery::asks) {
    return {"sweep_unconfirmed",
            "waits for your answer: syncctl sync --confirm-sweep removes what the server lacks"};
  }
  return {std::string(to_string(recovery)),
          "waits until this device has read everything anew: syncctl sync"};
}

SyncReason waiting(const Situation& s) {
  if (!s.logged_in) return {"logged_out", "logged out: syncctl login"};
  if (s.recovery != Recovery::none) return recovering(s.recovery);
  if (!s.reachable) {
    return {"offline",
            s.last_sync.unix_ms > 0
                ? "the server is out of reach; in sync last at " + to_rfc3339(s.last_sync)
                : "the server is out of reach; never in sync so far"};
  }
  if (!s.syncing) return {"not_syncing", "nobody syncs this folder: syncctl sync, or watch"};
  if (s.ahead > 0) return {"queued", behind(s.ahead)};
  if (s.record.in_flight) return {"in_flight", "sent; waits for the server's answer"};
  return {"next", "is sent next"};
}

}  // namespace

SyncReason sync_reason(const Situation& s) {
  if (s.record.local_only && !unsynced(s.record)) {
    return {"local_only", "private or bound to this device: it never leaves"};
  }
  if (!s.set_up) return {"not_set_up", "no account: syncctl setup joins one"};
  if (!s.open_conflict.empty()) {
    return {"conflict_open",
            "a conflict waits for a decision: syncctl conflicts resolve " + s.open_conflict};
  }
  if (unsynced(s.record)) return waiting(s);
  if (s.rejected) return refused(*s.rejected);
  return at_rest(s);
}

}  // namespace studiosync::client
