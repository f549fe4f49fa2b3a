// What the acts share.
#pragma once

#include <memory>
#include <string>

#include "e2e/demo/demo_device.hpp"
#include "e2e/process/server_process.hpp"
#include "e2e/demo/story.hpp"

namespace studiosync::demo {

struct Stage {
  std::string folder;  // empty at the start; everything of the demo is below it
  Story& story;
  e2e::ServerProcess server;
  client::Credentials credentials{"ann@example.test", "ann", "correct horse battery staple"};
  std::unique_ptr<DemoDevice> laptop{};
  std::unique_ptr<DemoDevice> desktop{};

  // A new device of the user, in a folder of its own.
  Result<std::unique_ptr<DemoDevice>> join(const std::string& name, bool register_account,
                                           EngineOptions engine = {});
};

// How long anything may take before the demo gives up on it.
inline constexpr Millis patience{30'000};

// Each act tells and checks; an error ends the demo.
Result<> act_import(Stage& stage);
Result<> act_live(Stage& stage);
Result<> act_conflicts(Stage& stage);
Result<> act_crash(Stage& stage);

// Both devices at rest and equal to the server, shown by a digest for each.
Result<> show_equality(Stage& stage);

}  // namespace studiosync::demo
