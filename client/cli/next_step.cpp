#include "client/cli/next_step.hpp"

namespace studiosync::client {

std::string_view next_step(ErrorCode halted_for) noexcept {
  switch (halted_for) {
    case ErrorCode::unauthorized:
    case ErrorCode::token_expired:
      return "syncctl login";
    case ErrorCode::sweep_unconfirmed:
      return "syncctl sync --confirm-sweep";
    case ErrorCode::device_revoked:
      return "syncctl export FILE";  // what is here stays here
    default:
      return "syncctl doctor";
  }
}

}  // namespace studiosync::client
