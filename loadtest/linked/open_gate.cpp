#include "loadtest/linked/open_gate.hpp"

#include <charconv>

namespace studiosync::load {
namespace {

// The year 2096: devices read it as a date.
constexpr WallTime far_future{4'000'000'000'000};

}  // namespace

Result<server::Caller> OpenGate::authenticate(std::string_view access_token) const {
  std::uint64_t number = 0;
  const char* end = access_token.data() + access_token.size();
  const auto [stopped, error] = std::from_chars(access_token.data(), end, number);
  if (error != std::errc{} || stopped != end || number == 0) {
    return fail(ErrorCode::unauthorized, "no account's number");
  }
  return server::Caller{.user = {0, UserId{number}},
                        .account_id = std::string(access_token),
                        .session_id = std::string(access_token),
                        .expires = far_future};
}

}  // namespace studiosync::load
