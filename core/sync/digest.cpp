#include "core/sync/digest.hpp"

#include "core/base/hex.hpp"
#include "core/base/sha256.hpp"

namespace studiosync {
namespace {

void add_mod_2_128(Hash128& sum, const Hash128& term) noexcept {
  unsigned carry = 0;
  for (std::size_t i = 0; i < sum.size(); ++i) {
    carry += static_cast<unsigned>(sum[i]) + term[i];
    sum[i] = static_cast<std::uint8_t>(carry & 0xFFU);
    carry >>= 8;
  }
}

}  // namespace

std::uint8_t digest_bucket(std::string_view id) noexcept {
  return sha256(id)[0];
}

void Digest::add(const Record& record) noexcept {
  if (record.deleted) return;
  std::string term;
  term += static_cast<char>(record.type);
  term += record.id;
  term += '\n';  // not a character of ids
  term += hex64(record.rev.epoch.value);
  term += hex64(record.rev.version.value);
  const Hash128 content = content_hash(record);
  term.append(reinterpret_cast<const char*>(content.data()), content.size());
  add_mod_2_128(sums_[digest_bucket(record.id)], hash128(term));
}

std::string Digest::text() const {
  return digest_text(sums_);
}

std::string digest_text(const DigestSums& sums) {
  std::string all;
  for (const Hash128& sum : sums) all.append(reinterpret_cast<const char*>(sum.data()), sum.size());
  return to_hex(hash128(all));
}

}  // namespace studiosync
