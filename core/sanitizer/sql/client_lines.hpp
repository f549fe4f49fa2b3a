// Lines for the client rather than the server: CONNECT user/password@database, \set, DEFINE.
// Pure; any thread.
#pragma once

#include <string_view>

#include "core/sanitizer/sql/position.hpp"
#include "core/sanitizer/sql/sql_lexer.hpp"
#include "core/sanitizer/sql/sql_rules.hpp"
#include "core/sanitizer/sql/token_trail.hpp"

namespace studiosync {

// CONNECT user/password and the command lines of Oracle's tools, anywhere in `text`.
void find_connect_lines(std::string_view text, SqlSink& sink);

// A backslash command of psql: \set name value.
void find_in_client_command(std::string_view text, const SqlToken& command, SqlSink& sink);

// Whether a word at `spot` is the value of DEFINE name = value.
Position define_position(const Spot& spot) noexcept;

}  // namespace studiosync
