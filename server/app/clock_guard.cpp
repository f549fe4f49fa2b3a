#include "server/app/clock_guard.hpp"

#include <utility>

#include "server/ops/logging.hpp"

namespace studiosync::server {
namespace {

// Far below what anything is kept for, far beyond what a clock is ever corrected by.
constexpr Millis jump_max{24LL * 3600 * 1000};
constexpr Millis save_interval{3600LL * 1000};

}  // namespace

ClockGuard::ClockGuard(Notes notes, Save save) : notes_(notes), save_(std::move(save)) {}

bool ClockGuard::look(WallTime now) {
  judge(now);
  const bool trusted = notes_.doubted_from == WallTime{};
  trusted_until_ms_ = trusted ? (now + jump_max).unix_ms : 0;
  const Millis unsaved = now - saved_.seen;
  if (notes_.doubted_from != saved_.doubted_from || unsaved < Millis{} ||
      unsaved >= save_interval) {
    saved_ = notes_;
    save_(notes_);
  }
  return trusted;
}

bool ClockGuard::trusts(WallTime now) const noexcept {
  return now.unix_ms <= trusted_until_ms_;
}

void ClockGuard::judge(WallTime now) {
  const bool jumped = now - notes_.seen > jump_max;
  const bool went_back = now < notes_.doubted_from;
  if (jumped && notes_.seen != WallTime{}) {
    log_event(Level::warn, "clock_jumped",
              {{"from", to_rfc3339(notes_.seen)}, {"to", to_rfc3339(now)}});
  }
  notes_.seen = now;
  const bool confirmed = now - notes_.doubted_from >= jump_max;
  if (now - notes_.trusted <= jump_max) {  // never left, or set right
    notes_.doubted_from = {};
  } else if (jumped || went_back) {
    notes_.doubted_from = now;
  } else if (confirmed) {
    notes_.doubted_from = {};
  }
  if (notes_.doubted_from == WallTime{}) notes_.trusted = now;
}

}  // namespace studiosync::server
