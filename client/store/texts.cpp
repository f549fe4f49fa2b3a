#include "client/store/texts.hpp"

#include <cstdint>

#include "core/base/fields.hpp"

namespace studiosync::client {
namespace {

DeviceRecord text_of(const FrozenChange& change) {
  return {.type = change.type, .id = change.id, .content = change.content};
}

DeviceRecord text_of(const Original& original) {
  Fields fields;
  if (!original.record.empty()) fields = Fields::from_content(original.record);
  fields.set(original.field, original.value);
  return {.type = original.type, .id = original.id, .content = fields.content()};
}

}  // namespace

std::vector<DeviceRecord> texts_of(DeviceStore& store) {
  std::vector<DeviceRecord> texts = store.records({}, SIZE_MAX);
  for (const FrozenChange& change : store.frozen({}, SIZE_MAX)) {
    if (!change.content.empty()) texts.push_back(text_of(change));
  }
  for (const RejectedChange& refused : store.rejected()) {
    if (!refused.change.content.empty()) texts.push_back(text_of(refused.change));
  }
  for (const Original& original : store.originals()) texts.push_back(text_of(original));
  return texts;
}

}  // namespace studiosync::client
