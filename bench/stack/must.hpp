// A benchmark that cannot go on says why and ends; its figures would be worthless.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <utility>

#include "core/base/result.hpp"

namespace studiosync::bench {

[[noreturn]] inline void give_up(const char* what, const Error& error) {
  std::fprintf(stderr, "stack_bench: %s: %s\n", what, error.message.c_str());
  std::exit(2);
}

template <class T>
T must(Result<T> result, const char* what) {
  if (!result) give_up(what, result.error());
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

}  // namespace studiosync::bench
