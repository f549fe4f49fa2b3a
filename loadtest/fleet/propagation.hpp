// When the edits of one user's devices have reached the others.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <vector>

#include "core/sync/device_store.hpp"
#include "loadtest/fleet/clock.hpp"

namespace studiosync::load {

// A set of the user's devices: bit n is device n.
using DeviceSet = std::uint64_t;
inline constexpr std::size_t devices_a_user_max = 64;

// An edit has arrived where the device has applied its version of the record or a later one: the
// server may compact several versions into the last. Not thread-safe.
class Propagation {
 public:
  // A change of `writer` has left it with these edits in it. It is to reach `others`.
  void sent(const ReplicaId& writer, const RecordKey& key, DeviceSeq seq,
            const std::vector<Moment>& edits, DeviceSet others);
  // Its answer: the version of the record that it became. Nothing: none (refused, unchanged, or a
  // copy), so that nothing will arrive.
  void settled(const ReplicaId& writer, const RecordKey& key, std::optional<Version> version);
  // Device number `device` has applied a row. Returns the edits that have reached it by this.
  std::vector<Moment> applied(std::size_t device, const RecordKey& key, const Origin& origin,
                              Version version, Moment now);
  // The edits that a `settled` has shown to have arrived before: taken once, with the moment of
  // their arrival.
  struct Arrival {
    Moment intended;
    Moment at;
  };
  std::vector<Arrival> take_early();

  // Edits that the server has taken and some device still misses: one for each such device.
  std::vector<Moment> outstanding() const;
  void clear();

 private:
  struct Change {
    ReplicaId writer;
    DeviceSeq seq;
    std::optional<Version> version;  // once it is known
    std::vector<Moment> edits;
    DeviceSet missing = 0;
    // What arrived while the version was not known, and when first: by device.
    struct Seen {
      Version version;
      Moment at;
    };
    std::map<std::size_t, std::vector<Seen>> seen;
  };

  void note_early(Change& change);

  std::map<RecordKey, std::deque<Change>> changes_;
  std::vector<Arrival> early_;
};

}  // namespace studiosync::load
