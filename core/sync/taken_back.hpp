// What is remembered of records that a server took back after a restore, so that nothing is taken
// back twice: by several devices, or once more by the change that made it.
#pragma once

#include <optional>

#include "core/sync/user_log.hpp"

namespace studiosync {

// Under which the newest version taken back of a record is remembered. Others give it back too, or
// one from before it, after the record has gone on from there.
ChangeId memory_of(EntityType type, std::string_view id);

// One lost version's own change id: its copy and its conflict get the same ids whoever gives it
// back.
ChangeId change_of_lost(EntityType type, std::string_view id, const Rev& rev);

// The id of the lost version that made a copy of the very text that loses in `conflict`: its author
// sends again what another device gave back.
std::optional<ChangeId> taken_back_as(UserReader& log, const ConflictCase& conflict);

// Whether a copy of the very text that loses in `conflict` was made before.
bool lost_before(UserReader& log, const ConflictCase& conflict);

}  // namespace studiosync
