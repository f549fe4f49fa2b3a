// Rule 4: what a delete does to a record, and what an edit does to a tombstone.
#pragma once

#include "core/conflicts/history.hpp"

namespace studiosync {

// An incoming delete of whatever is stored, a tombstone included.
Outcome delete_record(const Record& stored, const Incoming& incoming, Strategy strategy);

// An incoming edit whose record was deleted, not for ever.
Outcome edit_deleted(const Record& tombstone, const Incoming& incoming, Strategy strategy);

// Whether nothing may ever bring this record back: it turned private, or its time was over.
bool absorbing(const Record& record) noexcept;

}  // namespace studiosync
