// Names and values that stand apart: XML elements, {"name": …, "value": …} pairs, YAML's block
// scalars. Pure; any thread.
#pragma once

#include <optional>
#include <string_view>

#include "core/sanitizer/text/bare_value.hpp"
#include "core/sanitizer/text/names.hpp"

namespace studiosync {

// <password>…</password>, <property name="password">…</property>, <key>Password</key><string>…
std::optional<Extent> element_value(std::string_view text, const CredentialName& name) noexcept;

// key="Password" value="…", "name": "password", "value": "…", - name: DB_PASSWORD⏎ value: …
std::optional<Extent> pair_value(std::string_view text, const CredentialName& name) noexcept;

// "password": {"plaintext": "…"}, variable "db_password" { default = "…" }
std::optional<Extent> nested_value(std::string_view text, const CredentialName& name) noexcept;

// auth=("user", "…"): the second of two quoted texts at `at`, when `name` announces a login.
std::optional<Extent> tuple_value(std::string_view text, const CredentialName& name,
                                  std::size_t at) noexcept;

// password: |⏎  …: the indented lines behind it. `at` is behind the colon.
std::optional<Extent> block_value(std::string_view text, std::size_t at) noexcept;

}  // namespace studiosync
