#include "core/conflicts/edit.hpp"

#include "core/base/zoo.hpp"

namespace studiosync {
namespace {

// A plain client removes a field by sending null; an engine names it in `changed` and leaves it
// out.
bool removes(const Incoming& incoming, const std::string& value) {
  return !incoming.changed && value == "null";
}

// The editor of an unknown record cannot tell what it changed: everything it sent is its own. One
// that names the epoch knows the record, though nothing that others wrote in these fields.
bool names_its_edits(const Incoming& incoming) {
  return incoming.changed && (incoming.base || incoming.base_epoch != Epoch{});
}

std::vector<FieldEdit> candidates(const Incoming& incoming) {
  std::vector<FieldEdit> edits;
  if (names_its_edits(incoming)) {
    for (const std::string& field : *incoming.changed) {
      edits.push_back({field, incoming.fields.find(field)});
    }
  } else {
    for (const auto& [field, value] : incoming.fields) {
      edits.push_back({field, removes(incoming, value) ? nullptr : &value});
    }
  }
  return edits;
}

bool equal(const std::string* a, const std::string* b) {
  return a == b || (a != nullptr && b != nullptr && *a == *b);
}

}  // namespace

std::vector<FieldEdit> edits_of(const Incoming& incoming, const Fields& stored) {
  std::vector<FieldEdit> edits = candidates(incoming);
  if (SS_ZOO(equal_content_conflicts)) return edits;
  std::erase_if(edits,
                [&](const FieldEdit& edit) { return equal(edit.value, stored.find(edit.field)); });
  return edits;
}

bool removes_fields(const Incoming& incoming) {
  return std::ranges::any_of(incoming.fields,
                             [&](const auto& field) { return removes(incoming, field.second); });
}

Fields whole_record(const Incoming& incoming, const Fields& stored) {
  if (incoming.changed) return incoming.fields;
  Fields whole = incoming.base ? stored : Fields{};
  for (const auto& [field, value] : incoming.fields) {
    if (removes(incoming, value)) {
      whole.erase(field);
    } else {
      whole.set(field, value);
    }
  }
  return whole;
}

}  // namespace studiosync
