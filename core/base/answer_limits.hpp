// How large a message of the server can become, and what a client must therefore take: one that its
// reader refuses is asked for again, and comes again, for ever.
#pragma once

#include "core/base/limits.hpp"

namespace studiosync::limits {

// The largest message that a client must take.
inline constexpr std::size_t server_message_bytes_max = 16U << 20;
// The rows of an answer: a page's worth, and what the last change or record adds. The rest is to be
// sent again.
inline constexpr std::size_t answer_bytes_max = page_bytes_max;
// A list that has no rest to ask for, and the records of an upload's results: as much as a request.
inline constexpr std::size_t list_bytes_max = request_bytes_max;

// Content may be twice as long as it was when all of it is redacted; a conflict has two of them.
inline constexpr std::size_t content_bytes_max = 2 * record_bytes_max;
inline constexpr std::size_t conflict_bytes_max = 2 * content_bytes_max;
// What else a row may hold: the names of its fields once more, and of each who changed it and when.
inline constexpr std::size_t row_frame_bytes = 512;
inline constexpr std::size_t field_frame_bytes = 160;
inline constexpr std::size_t history_bytes_max =
    record_bytes_max + fields_max * field_frame_bytes + row_frame_bytes;
// A change adds at most the record, a copy and a conflict; beside these no conflict is told.
inline constexpr std::size_t change_answer_bytes_max =
    2 * (content_bytes_max + history_bytes_max) + conflict_bytes_max + history_bytes_max;

static_assert(answer_bytes_max + change_answer_bytes_max <= server_message_bytes_max);
static_assert(page_bytes_max + conflict_bytes_max + history_bytes_max <= server_message_bytes_max);
static_assert(list_bytes_max <= server_message_bytes_max);

}  // namespace studiosync::limits
