#include "core/conflicts/row_bytes.hpp"

namespace studiosync {
namespace {

// An entry as JSON, beside the field's name.
constexpr std::size_t field_version_bytes = 128;

}  // namespace

std::size_t row_bytes(const Record& record) noexcept {
  std::size_t bytes = record.content.size();
  for (const FieldVersion& entry : record.field_versions) {
    bytes += field_version_bytes + entry.field.size();
  }
  return bytes;
}

}  // namespace studiosync
