// What happened to a record on its device: the device's side of the record's timeline.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/conflicts/version.hpp"
#include "core/schema/entity_type.hpp"

namespace studiosync {

enum class JournalEvent : std::uint8_t {
  edited,    // the user changed or deleted it, or had it queued again
  frozen,    // it got its place in the stream, and is sent from now on
  answered,  // the server's result: `detail` is the status
  applied,   // a row of the server's became what is shown
  merged,    // … lies beside an edit that is not settled
  skipped,   // … changed nothing: `detail` says why
  rejected,  // refused for good: `detail` is the code
  held,      // a delete waits for the user's confirmation
  resync,    // a complete snapshot, or a restored server, spoke about it
};
std::string_view to_string(JournalEvent event) noexcept;
std::optional<JournalEvent> parse_journal_event(std::string_view text) noexcept;

struct JournalEntry {
  EntityType type{};
  std::string id;
  JournalEvent event{};
  WallTime at;           // by this device's clock
  DeviceSeq device_seq;  // of frozen, answered, rejected and held; 0 without a place in the stream
  ChangeId change;       // likewise; nil without one
  Rev rev;               // the version that it was about; version 0: none
  Seq seq;               // of the row, where it is known
  std::string detail;    // one word; never a content
  bool operator==(const JournalEntry&) const = default;
};

// A record keeps its newest ones: enough for a few rounds of edit, freeze, answer.
inline constexpr std::size_t journal_of_record_max = 32;
// As long as tombstones: older questions have no answer at the server either.
inline constexpr Millis journal_kept{30LL * 24 * 3600 * 1000};

}  // namespace studiosync
