#include "client/cli/next_step.hpp"

namespace studiosync::client {

std::string_view next_step(ErrorCode halted_for, std::string_view otherwise) noexcept {
  switch (halted_for) {
    case ErrorCode::unauthorized:
    case ErrorCode::token_expired:
      return "syncctl login";
    case ErrorCode::sweep_unconfirmed:
      return "syncctl sync --confirm-sweep";
    case ErrorCode::device_revoked:
      // The folder is this device for good: a login does not let it in again.
      return "syncctl export FILE, then with a new --data DIR: setup, sync, import FILE, sync";
    default:
      return otherwise;
  }
}

}  // namespace studiosync::client
