// Either a value or an Error. Operating errors are returned; nothing of ours throws.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

#include "core/base/error.hpp"

namespace studiosync {

template <class T = void>
using Result = tl::expected<T, Error>;

using Unexpected = tl::unexpected<Error>;

inline Unexpected fail(ErrorCode code, std::string message, std::string path = {}) {
  return Unexpected(Error{.code = code, .message = std::move(message), .path = std::move(path)});
}

}  // namespace studiosync

#define SS_CONCAT_INNER(a, b) a##b
#define SS_CONCAT(a, b) SS_CONCAT_INNER(a, b)

// Returns the error of `expression` from the current function, if it has one.
#define SS_TRY(expression)                                           \
  do {                                                               \
    if (auto ss_result = (expression); !ss_result)                   \
      return ::studiosync::Unexpected(std::move(ss_result).error()); \
  } while (false)

// `SS_ASSIGN(auto value, call())`: the value, or the error returned from the current function.
#define SS_ASSIGN(declaration, expression)                                               \
  auto SS_CONCAT(ss_result_, __LINE__) = (expression);                                   \
  if (!SS_CONCAT(ss_result_, __LINE__))                                                  \
    return ::studiosync::Unexpected(std::move(SS_CONCAT(ss_result_, __LINE__)).error()); \
  declaration = std::move(*SS_CONCAT(ss_result_, __LINE__))
