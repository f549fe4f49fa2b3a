// The textual layer for everything that needs no SQL grammar: provider keys, PEM, JWT, URIs,
// connection strings, headers, .env lines, command lines, assignments. Pure, any thread; linear time.
#pragma once

#include <span>
#include <string_view>

#include "core/sanitizer/text/anchor.hpp"

namespace studiosync {

// What find_in_text learned beside the hits.
struct TextFacts {
  bool sql_words = false;  // a word of a SQL credential clause occurs: the SQL rules must look
};

// Appends the hits. `text` is at most scan_bytes_max; invalid UTF-8 does no harm.
TextFacts find_in_text(std::string_view text, TextKind kind, Hits& hits);

// All rules of this layer.
std::span<const Rule* const> text_rules() noexcept;

}  // namespace studiosync
