#include "core/conflicts/derived_id.hpp"

#include "core/base/hex.hpp"
#include "core/base/sha256.hpp"
#include "core/conflicts/resolve.hpp"

namespace studiosync {
namespace {

std::string_view bytes_of(const ChangeId& change) {
  return {reinterpret_cast<const char*>(change.bytes.data()), change.bytes.size()};
}

}  // namespace

std::string derived_id(std::string_view prefix, std::string_view source, std::string_view purpose) {
  std::string text(source);
  text += purpose;
  return std::string(prefix) + to_hex(hash128(text));
}

std::string copy_id(ChangeId change) {
  return derived_id("c-", bytes_of(change), "copy");
}

std::string conflict_id(ChangeId change) {
  return derived_id("x-", bytes_of(change), "conflict");
}

}  // namespace studiosync
