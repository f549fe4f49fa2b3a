// Literals that are assigned to or compared with something that is called like a credential.
// Pure; any thread.
#pragma once

#include <optional>

#include "core/sanitizer/sql/nesting.hpp"
#include "core/sanitizer/sql/position.hpp"

namespace studiosync {

// Whether a literal at `spot` is the value of a name that says credential: `pw = `, `token := `,
// `SET secret TO `, `password LIKE `, `OPTIONS (passwd `, `password varchar(9) DEFAULT `.
Position named_position(const Spot& spot, Verb verb) noexcept;

// Whether the argument at `spot` inside of `frame` (null: outside of parentheses) belongs to a name
// given as a literal before it: json_object('password', …), set_config('app.password', …),
// HEADER(NAME 'api-key' VALUE …).
Position pair_position(const Spot& spot, const NestingFrame* frame) noexcept;

// Whether the argument at `spot` inside of `frame` stands in for what is called like a credential,
// or is compared with it: COALESCE(password, …), STRCMP(password, …).
Position beside_name_position(const Spot& spot, const NestingFrame& frame) noexcept;

// Whether what stands at `spot`, without quotes, is the value of a setting that says credential:
// SET fs.azure.account.key.x = …
Position bare_setting_position(const Spot& spot) noexcept;

// Whether a row's value belongs to a name at the same place of another row: (name, password) =
// ('app', …). `outside` is the place before the row's parenthesis.
Position row_position(const Spot& outside, std::size_t argument) noexcept;

// Whether `operation` compares or assigns, so that a name may follow the literal: '…' = password.
bool is_comparison(Term operation) noexcept;

// The claim of a name in SQL: `"DB_PASSWORD"`, `@pw`, `'$.smtp.password'`.
std::optional<Claim> claim_of_token(std::string_view text, const SqlToken& token) noexcept;

// `pass` alone is also what one does to a test: its value must be unlike a word.
bool is_doubtful_name(std::string_view name) noexcept;

}  // namespace studiosync
