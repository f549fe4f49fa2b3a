// What happened to each field of a stored record, and how much of it an editor had seen.
#pragma once

#include <string_view>
#include <vector>

#include "core/base/fields.hpp"
#include "core/conflicts/resolve.hpp"
#include "core/conflicts/version.hpp"

namespace studiosync {

// A stored record taken apart once. Refers to the record, which must outlive it. Pure; any thread.
class History {
 public:
  explicit History(const Record& record);

  const Record& record() const noexcept { return record_; }
  const Fields& fields() const noexcept { return fields_; }

  // As Record::last_change_of. Of a tombstone every field's last change is the delete.
  FieldVersion last_change(std::string_view field) const;

  // The last change of every field that has or had a value, and any_field's entry; by field.
  std::vector<FieldVersion> last_changes() const;

 private:
  const FieldVersion* find_entry(std::string_view field) const noexcept;
  FieldVersion changed_with_record(std::string_view field) const;

  const Record& record_;
  Fields fields_;  // empty for a tombstone
};

// Whether the editor knew `change`: it is part of the version that was edited, or its own earlier
// one.
bool has_seen(const Incoming& incoming, const FieldVersion& change) noexcept;

// Whether `change` is an earlier one of the editor's own replica (of a plain client's device).
bool wrote_before(const Incoming& incoming, const FieldVersion& change) noexcept;

// The origin with its author's id, as field versions keep it.
Origin authored(const Origin& origin, const DeviceId& device) noexcept;

// Who made the incoming change of a field, and when.
Origin origin_of(const Incoming& incoming, std::string_view field) noexcept;

// Which of two concurrent changes is the later one; in one order on all replicas.
bool newer(const Origin& a, const Origin& b) noexcept;

}  // namespace studiosync
