// Push frames encoded beforehand: the generator shares the processors with the server it measures.
#pragma once

#include <string>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/random.hpp"

namespace studiosync::bench {

inline constexpr std::size_t batch_records = 50;

// One replica's stream of new saved queries of 300 bytes.
class Batches {
 public:
  // Equal seeds give equal ids: every replica needs its own.
  explicit Batches(std::uint64_t seed) : random_(seed) {}

  std::string next(std::size_t records = batch_records);
  std::vector<std::string> next_frames(std::size_t count);

 private:
  Random random_;
  DeviceSeq last_;
};

// Ends the program unless `answer` says that a whole batch, or so many changes, were applied. Looks
// at the text only: decoding is the business of a device, and this one is to leave its time to the
// server.
void check_applied(const std::string& answer, std::size_t changes = batch_records);

}  // namespace studiosync::bench
