// A benchmark that cannot go on says why and ends; its figures would be worthless. By an exception,
// so that its server and its folders of gigabytes go with it.
#pragma once

#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

#include "core/base/result.hpp"

namespace studiosync::bench {

struct GaveUp : std::runtime_error {
  using std::runtime_error::runtime_error;
};

[[noreturn]] inline void give_up(const std::string& what, const Error& error) {
  throw GaveUp(what + ": " + error.message);
}

template <class T>
T must(Result<T> result, const char* what) {
  if (!result) give_up(what, result.error());
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

}  // namespace studiosync::bench
