#include "core/conflicts/row_bytes.hpp"

#include "core/base/answer_limits.hpp"

namespace studiosync {

std::size_t row_bytes(const Record& record) noexcept {
  std::size_t bytes = record.content.size();
  for (const FieldVersion& field : record.field_versions) {
    bytes += field.field.size() + limits::field_frame_bytes;
  }
  return bytes;
}

}  // namespace studiosync
