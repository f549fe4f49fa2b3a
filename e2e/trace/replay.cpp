#include "e2e/trace/replay.hpp"

#include <algorithm>

#include "e2e/trace/replayer.hpp"

namespace studiosync::e2e {

Result<Replay> replay_of(std::span<const Recording> recordings) {
  Together together = put_together(recordings);
  const bool edits = std::ranges::any_of(together.events, [](const DeviceEvent& one) {
    return std::holds_alternative<Edited>(one.event->what);
  });
  if (!edits) return fail(ErrorCode::not_found, "nobody edited anything in what was recorded");
  Replay replay{.outcomes = outcomes_of(together.events)};
  Replayer replayer(together);
  replay.scenario = replayer.run();
  replay.scenario.name = "from-trace";
  replay.scenario.about = "From recordings of " + std::to_string(together.devices.size()) +
                          (together.devices.size() == 1 ? " device." : " devices.");
  replay.notes = std::move(together.notes);
  for (std::string& note : replayer.take_notes()) replay.notes.push_back(std::move(note));
  return replay;
}

}  // namespace studiosync::e2e
