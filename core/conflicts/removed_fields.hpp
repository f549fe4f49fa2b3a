// How long a record remembers which of its fields were removed, when and by whom. Pure; any thread.
#pragma once

#include <cstddef>
#include <vector>

#include "core/base/fields.hpp"
#include "core/conflicts/version.hpp"

namespace studiosync {

// What the removed fields of one record may take in its history, as the store has them: some eighty
// of usual names. A record that takes on and drops fields for ever must not grow with each.
inline constexpr std::size_t removed_fields_bytes_max = 4096;

// Folds the entries of the fields that were removed longest ago into any_field's, where all of them
// take more than that. Then it dates every absent field as the latest of them, and by nobody (the
// replica is nil): no edit that has not seen it brings one of them back, whoever made it, and a
// field that never was there is contested once too often rather than once too seldom.
// `versions`: those of a live record with `fields`, each field once; by field.
void fold_removed(std::vector<FieldVersion>& versions, const Fields& fields);

}  // namespace studiosync
