// What an edit is based on that was made while another change of its record was on the way.
#pragma once

#include "core/sync/device_store.hpp"
#include "core/sync/rebase.hpp"

namespace studiosync {

// The new base of the edit of `record`, whose shadow is what the answer told; `input` are the
// contents before and after it. Where others' values came in meanwhile that the edit replaces, it
// is not based on them, so that the server compares it with them. Pure.
Rev base_behind_answer(const DeviceRecord& record, const RebaseInput& input);

}  // namespace studiosync
