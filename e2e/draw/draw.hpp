// A run as a picture: one HTML file that needs nothing else, for people who want to see what
// happened.
#pragma once

#include <string>
#include <vector>

#include "e2e/checkers/check.hpp"
#include "e2e/history/event.hpp"
#include "e2e/scenario/scenario.hpp"

namespace studiosync::e2e {

// A space-time diagram: a lane for each device and the server, time downwards, with filters and the
// details of every event. Violations are drawn where they are shown. Contents are whatever the
// history holds; nothing of it is run by the browser. The same arguments give the same page.
std::string draw_html(const Scenario& scenario, const History& history,
                      const std::vector<Violation>& violations);

}  // namespace studiosync::e2e
