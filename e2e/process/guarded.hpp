// Runs that leave nothing behind, however they end.
#pragma once

#include <functional>
#include <string>

namespace studiosync::e2e {

// Runs `work` in a process of its own, with an empty folder of its own, and returns its exit code;
// 128 + the signal where SIGINT, SIGTERM or SIGHUP ended it early, or where it died. Before this
// returns, all processes that it started have ended, and the folder is gone.
//
// To be called before the program starts a thread. The folder is in $TMPDIR, else in memory: of
// what a killed process wrote nothing is lost, whether it lies on a disk or not.
int run_guarded(const std::function<int(const std::string& folder)>& work);

}  // namespace studiosync::e2e
