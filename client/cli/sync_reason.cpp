#include "client/cli/sync_reason.hpp"

#include "client/cli/next_step.hpp"
#include "client/cli/output.hpp"
#include "client/cli/redaction_view.hpp"

namespace studiosync::client {
namespace {

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

SyncReason at_rest(const DeviceRecord& record) {
  if (!record.shadow) return {"only_here", "the server has never had it, and nothing waits for it"};
  const std::string version = std::to_string(record.shadow->rev.version.value);
  if (record.shadow->deleted) return {"synced", "deleted on the server as version " + version};
  std::string text = "the server has it as version " + version;
  if (!record.redacted.empty()) text += "; redacted there: " + fields_text(record.redacted);
  return {"synced", text};
}

std::string behind(std::size_t ahead) {
  return "waits behind " + counted(ahead, "change");
}

SyncReason recovering(Recovery recovery) {
  if (recovery == Recovery::asks) {
    return {"sweep_unconfirmed",
            "waits for your answer: syncctl sync --confirm-sweep removes what the server lacks"};
  }
  return {std::string(to_string(recovery)),
          "waits until this device has read everything anew: syncctl sync"};
}

SyncReason out_of_reach(WallTime last_sync) {
  return {"offline", last_sync.unix_ms > 0
                         ? "the server is out of reach; in sync last at " + to_rfc3339(last_sync)
                         : "the server is out of reach; never in sync so far"};
}

SyncReason refused_by_server(const Error& error, WallTime last_sync) {
  switch (error.code) {
    case ErrorCode::device_revoked:
      return {"revoked", "this device was removed from the account; what it holds stays here: " +
                             std::string(next_step(error.code))};
    case ErrorCode::unauthorized:
    case ErrorCode::token_expired:
    case ErrorCode::forbidden:
      return {"logged_out", "the server no longer takes this login: syncctl login"};
    case ErrorCode::network_error:
    case ErrorCode::connection_refused:
    case ErrorCode::timeout:
      return out_of_reach(last_sync);
    default:
      return {"server_fails", "the server cannot take it now: " + error.message};
  }
}

SyncReason waiting(const Situation& s) {
  const DeviceSituation& device = s.device;
  if (!device.logged_in) return {"logged_out", "logged out: syncctl login"};
  if (device.server) return refused_by_server(*device.server, device.last_sync);
  if (device.recovery != Recovery::none) return recovering(device.recovery);
  if (!device.syncing) return {"not_syncing", "nobody syncs this folder: syncctl sync, or watch"};
  if (s.ahead > 0) return {"queued", behind(s.ahead)};
  if (s.record.in_flight) return {"in_flight", "sent; waits for the server's answer"};
  return {"next", "is sent next"};
}

}  // namespace

bool unsettled(const DeviceRecord& record) {
  return record.edit || record.in_flight;
}

SyncReason sync_reason(const Situation& s) {
  if (s.record.local_only && !unsettled(s.record)) {
    return {"local_only", "private or bound to this device: it never leaves"};
  }
  if (!s.device.set_up) return {"not_set_up", "no account: syncctl setup joins one"};
  if (!s.open_conflict.empty()) {
    return {"conflict_open",
            "a conflict waits for a decision: syncctl conflicts resolve " + s.open_conflict};
  }
  if (unsettled(s.record)) return waiting(s);
  if (s.rejected) return refused(*s.rejected);
  return at_rest(s.record);
}

}  // namespace studiosync::client
