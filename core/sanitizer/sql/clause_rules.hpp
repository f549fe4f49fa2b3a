// Clauses whose grammar says that a credential follows: PASSWORD, IDENTIFIED BY, SECRET, KEY.
// Pure; any thread.
#pragma once

#include "core/sanitizer/sql/position.hpp"
#include "core/sanitizer/sql/token_trail.hpp"

namespace studiosync {

// Whether a text at `spot` is the credential of a clause.
Position clause_position(const Spot& spot, Verb verb) noexcept;

// Whether a clause may end at `spot`: false where both of the others find none.
bool may_end_clause(const Spot& spot) noexcept;

// The same for a value that is no text: a bare word, a quoted name, a number. In prose fewer
// clauses count: `rows identified by name` is no statement.
Position bare_clause_position(const Spot& spot, SqlTokenKind kind, Verb verb, bool prose) noexcept;

// Words that begin another clause and stand where a bare password could: IDENTIFIED BY VALUES.
bool is_clause_keyword(Term word) noexcept;

}  // namespace studiosync
