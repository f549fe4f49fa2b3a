// Where statements begin in something else: in prose, in a text whose quotes do not match.
// Pure; any thread.
#pragma once

#include <cstddef>
#include <string_view>

namespace studiosync {

// The next word from which a statement may go; npos when there is none.
std::size_t next_statement(std::string_view text, std::size_t at) noexcept;

// The next line whose first word can begin a statement; npos when there is none.
std::size_t next_statement_line(std::string_view text, std::size_t at) noexcept;

}  // namespace studiosync
