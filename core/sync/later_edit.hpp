// What an edit is based on that was made while another change of its record was on the way.
#pragma once

#include "core/sync/device_store.hpp"
#include "core/sync/rebase.hpp"

namespace studiosync {

struct AnsweredChange {
  const FrozenChange& change;
  Version version;  // that the answer names: what the change wrote was there then
  ReplicaId own;    // the device's
};

// The new base of the edit of `record`, whose shadow is what the answer told; `input` are the
// contents before and after it. Where the edit replaces what others wrote meanwhile, it is not
// based on that, so that the server compares the two. Pure.
Rev base_behind_answer(const DeviceRecord& record, const AnsweredChange& answered,
                       const RebaseInput& input);

}  // namespace studiosync
