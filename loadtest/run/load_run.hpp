// One load run from its accounts to its verdict.
#pragma once

#include <memory>

#include "client/http/http_client.hpp"
#include "loadtest/run/accounts.hpp"
#include "loadtest/run/crew.hpp"
#include "loadtest/run/history_log.hpp"
#include "loadtest/run/measurement.hpp"
#include "loadtest/run/run_notes.hpp"
#include "loadtest/run/verdict.hpp"
#include "loadtest/self_check.hpp"

namespace studiosync::load {

// Calls from one thread. The options must have been checked.
class LoadRun {
 public:
  LoadRun(RunOptions options, Watcher& watcher);

  // Accounts, records, connections. `connection_refused`, `timeout` or `network_error` where the
  // target cannot be reached.
  Result<> prepare();
  // Measures once; 0 = the rate of the options. Everything has come to rest again when this
  // returns, or had its time.
  Results measure(double rate);
  // Waits, as long as answers come, until the server has all that devices have still to send: what
  // one measurement left behind would be charged to the next. `timeout` where it does not take it.
  Result<> catch_up();
  // Reads back and compares everything; goes into the results.
  void verify(Results& results);
  // What devices and server hold in the end closes the history; nothing where none is written.
  Result<> end_history();

 private:
  Result<> fill();
  RunOptions with_rate(double rate) const;
  std::vector<std::shared_ptr<Measurement>> begin_parts(const RunOptions& options);
  void finish_parts(std::vector<std::shared_ptr<Measurement>> parts, Results& results);
  Results empty_results(const RunOptions& options) const;
  Result<> wait_at_gate();
  std::chrono::seconds ramp() const;

  const RunOptions options_;
  const ScenarioSpec spec_;
  client::HttpClient http_;
  RunNotes watcher_;
  std::unique_ptr<HistoryLog> history_;
  std::unique_ptr<Crew> crew_;
  ThreadUse filling_;  // the most that any thread had, while the records of before were written
};

// Prepares, measures (or looks for the highest rate, with an objective), verifies and judges.
Result<Results> run_load(const RunOptions& options, Watcher& watcher);

}  // namespace studiosync::load
