// Logins as they are passed on: `credentials: app / secret`, `user/pass: app/secret`. Pure; any
// thread.
#pragma once

#include <span>

#include "core/sanitizer/text/anchor.hpp"
#include "core/sanitizer/text/names.hpp"

namespace studiosync {

extern const Rule login_pair_rule;

// A user and a password behind `at`, where a sign or a verb joins them to what announced them.
bool find_login_pair(TextScan& scan, std::size_t at);

// Whether `name` is the second half of `user/password`.
bool ends_login_heading(std::string_view text, const CredentialName& name) noexcept;

std::span<const Anchor> login_pair_anchors() noexcept;
std::span<const Rule* const> login_pair_rules() noexcept;

}  // namespace studiosync
