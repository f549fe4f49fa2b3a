// A sum over records that two replicas compare to prove that they are equal.
#pragma once

#include <string>

#include "core/protocol/message.hpp"

namespace studiosync {

// Adds a live record: bucket by hash of the id, sum mod 2^128 of truncated SHA-256 over (type, id,
// rev, content hash). Order does not matter. Conflict records count like all others.
class Digest {
 public:
  void add(const Record& record) noexcept;
  const DigestSums& sums() const noexcept { return sums_; }
  // One line for people: 32 hex digits over all buckets.
  std::string text() const;

 private:
  DigestSums sums_{};
};

std::uint8_t digest_bucket(std::string_view id) noexcept;
std::string digest_text(const DigestSums& sums);

}  // namespace studiosync
