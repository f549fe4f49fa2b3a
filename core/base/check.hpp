// Stops the program when our own reasoning is wrong; on in release builds too.
#pragma once

namespace studiosync {

[[noreturn]] void check_failed(const char* expression, const char* file, int line) noexcept;

}  // namespace studiosync

// For errors of the programmer only. What a user, a peer or the machine can cause is a Result.
#define SS_CHECK(expression) \
  ((expression) ? void() : ::studiosync::check_failed(#expression, __FILE__, __LINE__))
