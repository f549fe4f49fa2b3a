// Where a value stands, with all that is open around it: asks every family of rules, from the
// inside to the outside. Pure; any thread.
#pragma once

#include <string_view>

#include "core/sanitizer/sql/insert_columns.hpp"
#include "core/sanitizer/sql/nesting.hpp"
#include "core/sanitizer/sql/position.hpp"
#include "core/sanitizer/sql/prepared_statements.hpp"
#include "core/sanitizer/sql/token_trail.hpp"

namespace studiosync {

// What is known of the statement at the place that was reached.
struct StatementState {
  TokenTrail trail;
  Nesting nesting;
  InsertColumns insert;
  PreparedStatements prepared;  // of all statements so far
  Verb verb = Verb::none;
  bool of_database = false;  // CREATE DATABASE
};

// The position of a value that begins behind the state's last token.
Position value_position(std::string_view text, const StatementState& state) noexcept;

}  // namespace studiosync
