// The user's own edits on a device: written at once, queued for the server, never waiting for it.
// Each function is one part of the caller's transaction on the store; nothing is written when it
// fails.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.hpp"
#include "core/sanitizer/sanitize.hpp"
#include "core/sync/device_store.hpp"

namespace studiosync {

struct EditOutcome {
  std::string id;       // a preference's follows from its key
  bool queued = false;  // false: nothing to sync (no change, local only, never left the device)
  bool local_only = false;
  std::vector<Finding> redacted;  // what others get redacted
};

// Creates or replaces a record's whole content. The stored text is the user's, unredacted; only
// what is frozen is sanitized. `validation_error` with the path below `$`; `credential_leaked`
// where the record's name (id, key, a reference) is a credential, unless the record stays here.
Result<EditOutcome> put_record(DeviceStore& store, EntityType type, std::string_view id, Json data,
                               WallTime now);

// `not_found` when the user sees no such record. Deletes the children that the device has, too.
Result<EditOutcome> delete_record(DeviceStore& store, EntityType type, std::string_view id,
                                  WallTime now);

// The version that an edit of a record at rest is based on. None where the record was withdrawn:
// whoever uses its id again must hear that it is refused, as every creation there is.
Rev base_at_rest(const DeviceRecord& record);

// What of a content may leave the device: sanitized, canonical.
Fields outgoing(EntityType type, std::string_view content);

}  // namespace studiosync
