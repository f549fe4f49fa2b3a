// What a process said last, for a report that is read when its log is gone.
#pragma once

#include <string>

namespace studiosync::e2e {

// `its log ends with: …` on one line, of a few hundred bytes; `its log is empty`.
std::string end_of_log(const std::string& file);

}  // namespace studiosync::e2e
