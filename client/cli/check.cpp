#include "client/cli/check.hpp"

namespace studiosync::client {

std::string_view to_string(Check::Level level) noexcept {
  switch (level) {
    case Check::Level::ok:
      return "ok";
    case Check::Level::warn:
      return "warn";
    case Check::Level::fail:
      break;
  }
  return "fail";
}

Check good(std::string name, std::string text) {
  return {.name = std::move(name), .text = std::move(text)};
}

Check warning(std::string name, std::string text, std::string next) {
  return {.name = std::move(name),
          .level = Check::Level::warn,
          .text = std::move(text),
          .next = std::move(next)};
}

Check failure(std::string name, std::string text, std::string next, int code) {
  return {.name = std::move(name),
          .level = Check::Level::fail,
          .text = std::move(text),
          .next = std::move(next),
          .code = code};
}

Check failure(std::string name, const Error& error, std::string next) {
  return failure(std::move(name), error.message, std::move(next), exit_code_of(error));
}

}  // namespace studiosync::client
