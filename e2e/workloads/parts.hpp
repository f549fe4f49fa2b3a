// What users do, one part of their work a file. Each adds one operation; `step` has its time and
// its device.
#pragma once

#include "e2e/workloads/plan.hpp"

namespace studiosync::e2e {

// Creates, whole and field-wise edits, deletes and re-creations of few records that all share.
void edit_queries(Plan& plan, Step step);
void edit_connections(Plan& plan, Step step);
// Keys that several devices create by themselves; some stay on their device.
void edit_preferences(Plan& plan, Step step);
// Runs of queries; some are private, or turn private later.
void run_queries(Plan& plan, Step step);
// Parents and children, which come and go in any order.
void chat(Plan& plan, Step step);
// Texts with credentials in them, which must not leave the device.
void plant_secrets(Plan& plan, Step step);
// Two devices at the same moment, with the same text.
void type_the_same(Plan& plan, Step step);
// Names that say of themselves to be conflicted copies, as an export brings them back.
void name_like_copies(Plan& plan, Step step);
// What never leaves its device, each with a text that must not be seen elsewhere.
void keep_private(Plan& plan, Step step);
// A device that knows nothing of a record makes its own under the id, after it turned private.
void reuse_withdrawn_id(Plan& plan, Step step);
// A few records of the size that a page's bytes are bounded for.
void edit_large_records(Plan& plan, Step step);
// How conflicts are resolved, and decisions about open ones.
void decide(Plan& plan, Step step);
void begin_with_policies(Plan& plan);
// A rejected change is tried again or given up.
void mend_rejected(Plan& plan, Step step);

}  // namespace studiosync::e2e
