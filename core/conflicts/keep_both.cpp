#include <utility>

#include "core/base/json.hpp"
#include "core/base/limits.hpp"
#include "core/conflicts/copy_name.hpp"
#include "core/conflicts/strategies.hpp"

namespace studiosync {
namespace {

std::string text_of(const std::string* canonical_value) {
  if (canonical_value == nullptr) return {};
  const Result<Json> value = parse_json(*canonical_value);
  return value && value->is_string() ? value->as_string() : std::string();
}

std::size_t name_bytes_max(const EntitySpec& spec) {
  const FieldSpec* field = find_field(spec, spec.name_field);
  return field != nullptr && field->bytes_max != 0 ? field->bytes_max : limits::record_bytes_max;
}

}  // namespace

Outcome keep_both(const Encounter& encounter) {
  const Incoming& incoming = encounter.incoming;
  Outcome outcome = settled(encounter.stored, incoming, Strategy::keep_both);
  outcome.copy = conflicted_copy(incoming, copy_id(incoming.change),
                                 whole_record(incoming, encounter.stored.fields()));
  return outcome;
}

Record conflicted_copy(const Incoming& incoming, const std::string& copy_id, Fields fields) {
  const EntitySpec& spec = spec_of(incoming.type);
  const std::string name(spec.name_field);
  const std::string& device =
      incoming.device_name.empty() ? incoming.device.value : incoming.device_name;
  fields.set(name,
             Json(copy_name(text_of(fields.find(name)), device, name_bytes_max(spec))).canonical());
  Record copy = created(incoming, fields);
  copy.id = copy_id;
  return copy;
}

}  // namespace studiosync
