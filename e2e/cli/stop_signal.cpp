#include "e2e/cli/stop_signal.hpp"

namespace studiosync::e2e {
namespace {

volatile std::sig_atomic_t noted = 0;

void note(int number) {
  noted = number;
}

}  // namespace

StopSignal::StopSignal() {
  noted = 0;
  struct sigaction action {};
  action.sa_handler = note;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  ::sigaction(SIGINT, &action, &interrupt_before_);
  ::sigaction(SIGTERM, &action, &terminate_before_);
}

StopSignal::~StopSignal() {
  ::sigaction(SIGINT, &interrupt_before_, nullptr);
  ::sigaction(SIGTERM, &terminate_before_, nullptr);
}

int StopSignal::received() noexcept {
  return noted;
}

}  // namespace studiosync::e2e
