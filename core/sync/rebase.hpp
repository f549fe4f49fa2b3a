// Puts a user's unsynced fields onto a newer version of a record. Pure.
#pragma once

#include <string>
#include <vector>

#include "core/base/fields.hpp"

namespace studiosync {

// Three versions of one record's content; empty text = there is none.
struct RebaseInput {
  std::string_view local;       // what the user sees
  std::string_view old_shadow;  // the server's version below it
  std::string_view new_shadow;  // the server's version that comes in
};

// The new shadow, with the local value of each field in `changed`, and of each field that did not
// change between the shadows: those may hold text that only this device has, because it was
// redacted on the way out. Without a new shadow all of the local content where there is an edit,
// else nothing.
std::string rebase(const RebaseInput& input, const std::vector<std::string>& changed);

// A content with some of its fields as another one has them.
std::string with_fields(const std::string& content, const std::vector<std::string>& names,
                        std::string_view other);

// The top-level keys in which two contents differ, sorted.
std::vector<std::string> changed_keys(const Fields& before, const Fields& after);

// A content's fields; none for the empty text.
Fields fields_of(std::string_view content);
// Empty where the field is missing: no canonical value is.
std::string_view value_of(const Fields& fields, std::string_view key);

// Sorted union.
std::vector<std::string> join(const std::vector<std::string>& a, const std::vector<std::string>& b);

}  // namespace studiosync
