// Random records and edits for the properties: few fields and few values, so that edits collide.
#pragma once

#include <rapidcheck.h>

#include <string>
#include <vector>

#include "core/conflicts/resolve.hpp"

namespace studiosync::testing {

// What a user may meet: a type of record and a strategy, allowed for it or not.
struct Setting {
  EntityType type{};
  Strategy strategy{};
};
Setting any_setting();

// Any object over the same few fields.
Fields any_fields();

// Version 1 of record `r`, created by replica `a`.
Record any_first_version(EntityType type);

// The number `nth` change of a replica (or of the plain client of that name) that edited version
// `base`. An upsert, or now and then a delete; the engine's content is what it saw with its own
// edits applied.
Incoming any_change(const Record& seen, Version base, char letter, std::uint8_t nth);

// As any_change, but always an upsert.
Incoming any_upsert(const Record& seen, Version base, char letter, std::uint8_t nth);

// What is left after a few changes of several replicas: live or a tombstone, re-created or not.
Record any_stored(const Setting& setting);

// The change's fields whose values it wants to be kept: those that it sets.
std::vector<Fields::Entry> values_set_by(const Incoming& change, const Record& seen);

// Everything an outcome says, for comparing and for reading.
std::string text_of(const Outcome& outcome);

}  // namespace studiosync::testing
