// Functions, engines and procedures that take a credential by position. Pure; any thread.
#pragma once

#include "core/sanitizer/sql/nesting.hpp"
#include "core/sanitizer/sql/position.hpp"

namespace studiosync {

// Whether the argument that begins at `spot` inside of `frame` is a credential. `of_database`:
// the statement is CREATE DATABASE, whose engines take one argument less.
Position function_position(const Spot& spot, const NestingFrame& frame, bool of_database) noexcept;

// The same for the arguments of EXEC, which have no parentheses.
Position procedure_position(const Spot& spot) noexcept;

}  // namespace studiosync
