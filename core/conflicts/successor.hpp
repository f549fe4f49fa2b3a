// What a stored record becomes: each function makes the next version of it, with everything but the
// seq, the commit time and the epoch, which the store's commit assigns. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/conflicts/edit.hpp"
#include "core/conflicts/history.hpp"

namespace studiosync {

// Version 1 of a record that the user did not have; also of a copy, then under another id.
Record created(const Incoming& incoming, const Fields& fields);

// Of a record that begins where another may have been: every field, absent ones too, is as old as
// the version that it has now, so that no edit of what was there before slips in.
void date_all_fields(Record& record);

// A record in the place of a tombstone. No edit from before counts as having seen any of it.
Record recreated(const Record& tombstone, const Incoming& incoming, const Fields& fields);

// The delete of a record; of a tombstone, another reason.
Record buried(const Record& stored, const Incoming& incoming);

// The delete of a record that is unknown: the version after the one that the deleter knew.
Record buried_unseen(const Incoming& incoming);

// The stored record as the winner over a delete: the same content, authors and stamps of fields,
// every field's version raised.
Record survived(const History& stored, const Incoming& incoming);

// The next version of a live record, put together field by field.
// Refers to the history and the incoming change, which must outlive it.
class Successor {
 public:
  Successor(const History& before, const Incoming& incoming);

  // The editor's own value.
  void apply(const FieldEdit& edit);
  // A value that neither side wrote.
  void set(std::string_view field, const std::string& value, Stamp stamp);

  bool changed() const noexcept { return fields_ != before_.fields(); }
  const Fields& fields() const noexcept { return fields_; }

  Record record() const;

 private:
  void note(std::string_view field, const Origin& origin);
  std::vector<FieldVersion> field_versions(const Record& next) const;

  const History& before_;
  const Incoming& incoming_;
  Fields fields_;
  std::vector<FieldVersion> changes_;
};

}  // namespace studiosync
