// What one event carries, and what one turn of the engine gathers. Private to the engine's sources.
#pragma once

#include <algorithm>

#include "core/sync/client_engine.hpp"

namespace studiosync {

struct ClientEngine::Event {
  EventKind kind;
  Connection connection{};
  const Frame* frame = nullptr;
  std::optional<Error> error{};
  std::string token{};

  // Checked by the caller: the table calls a handler for its own frames only.
  template <class T>
  const T& body() const {
    return std::get<T>(frame->body);
  }
};

// The epochs that tell, should the server be restored later, what the device had read: those that
// the user has written in, and the one that the server writes in now.
Epochs epochs_to_remember(const Welcome& welcome);

struct ClientEngine::Turn {
  WallTime now;
  Effects effects{};
};

}  // namespace studiosync
