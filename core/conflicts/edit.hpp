// What an incoming upsert asks for, told apart from what it merely carries along.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/fields.hpp"
#include "core/conflicts/resolve.hpp"

namespace studiosync {

// One field that the user set or removed. Refers to the Incoming that it was read from.
struct FieldEdit {
  std::string_view field;
  const std::string* value = nullptr;  // canonical JSON; null = removed
};

// The edits that would change `stored`; equal values are none.
std::vector<FieldEdit> edits_of(const Incoming& incoming, const Fields& stored);

// Whether it says of any field that the record is to be without it.
bool removes_fields(const Incoming& incoming);

// The whole record as its editor sees it: what was sent, or for a plain client's partial update
// what was sent laid over `stored`.
Fields whole_record(const Incoming& incoming, const Fields& stored);

}  // namespace studiosync
