// Credentials in the command lines of database clients and other tools, in their own options: mysql
// -pSECRET, sqlcmd -P, curl -u user:password. Pure; any thread.
#pragma once

#include <span>

#include "core/sanitizer/text/anchor.hpp"

namespace studiosync {

std::span<const Anchor> command_line_anchors() noexcept;
std::span<const Rule* const> command_line_rules() noexcept;

}  // namespace studiosync
