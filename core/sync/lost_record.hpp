// A row that a device gives back after a restore, on its way through the gate. Pure over a
// UserReader.
#pragma once

#include "core/sync/user_log.hpp"

namespace studiosync {

// `sent` without credentials, without its place in the lost log, and with no stamp beyond what a
// device may have at `now`; its rev and origins stay. `validation_error` or `credential_leaked` for
// what cannot be a row of ours. Of a conflict both sides pass the gate, and one whose record turned
// private is refused: its content must not come back.
Result<Record> admit_lost(UserReader& log, const Record& sent, WallTime now);

}  // namespace studiosync
