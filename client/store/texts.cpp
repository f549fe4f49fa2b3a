#include "client/store/texts.hpp"

#include <cstdint>

namespace studiosync::client {
namespace {

DeviceRecord text_of(const FrozenChange& change) {
  return {.type = change.type, .id = change.id, .content = change.content};
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
  return texts;
}

}  // namespace studiosync::client
