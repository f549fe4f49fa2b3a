// Every cap of the system, with its reason. Nothing here is a tuning knob; those are configuration.
#pragma once

#include <cstddef>
#include <cstdint>

namespace studiosync::limits {

// A record's id, in characters of [A-Za-z0-9._:-]: fits an index page many times over.
inline constexpr std::size_t id_bytes_max = 128;
// One record's content: a long AI answer or query, not a data dump.
inline constexpr std::size_t record_bytes_max = 1U << 20;
// One request: ten of the largest records; refused by its length before the body is read.
inline constexpr std::size_t request_bytes_max = 10U << 20;
// Changes in one batch: bounds the time a writer spends on one user.
inline constexpr std::size_t batch_changes_max = 1000;
// Frozen and not acknowledged, per replica: bounds what a lost answer makes a device send again.
inline constexpr std::size_t unacknowledged_max = 1000;
// JSON and CBOR nesting: no real settings are deeper, and stacks stay small.
inline constexpr std::size_t depth_max = 64;
// Values in one JSON or CBOR text: a small text must not become a large tree in memory. A push
// holds up to 2 MiB of content and a conflict two records, of two bytes a value at least: every
// frame that a device or the server builds must be readable, or it is repeated for ever.
inline constexpr std::size_t values_max = 1'500'000;
// Nesting of a record's data, itself the first level. A conflict record in a `changes` frame stands
// six levels below it, and every frame must stay within depth_max.
inline constexpr std::size_t data_depth_max = 56;
// Top-level fields of a record: each has a version of its own, and merging compares them pairwise.
inline constexpr std::size_t fields_max = 1'000;
// A device's or user's display name.
inline constexpr std::size_t name_bytes_max = 128;
// A page of changes ends at this many rows or bytes, whichever comes first.
inline constexpr std::size_t page_rows_max = 1000;
inline constexpr std::size_t page_bytes_max = 1U << 20;
// Rows that one frame may write: the rest of it is to be sent again. What fits into a request
// twice over; a small push against large records must not become gigabytes.
inline constexpr std::size_t effect_bytes_max = 16U << 20;
// A replica may delete so many records of a type without asking, and half of them if that is more,
// within this time: tidying up is work of some minutes, an emptied local table that of one push.
inline constexpr std::uint64_t unconfirmed_deletes_min = 20;
inline constexpr std::int64_t delete_window_ms = 24LL * 3600 * 1000;
// Stamps further ahead of the server than this are clamped or shifted.
inline constexpr std::int64_t skew_ms_max = 5 * 60 * 1000;
// Key width of the record log: user numbers and seqs share 63 bits.
inline constexpr std::uint64_t user_max = (1ULL << 23) - 1;
inline constexpr std::uint64_t seq_max = (1ULL << 40) - 1;

}  // namespace studiosync::limits
