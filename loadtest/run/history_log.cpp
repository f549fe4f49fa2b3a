#include "loadtest/run/history_log.hpp"

#include "e2e/history/history_file.hpp"
#include "os/wall_clock.hpp"

namespace studiosync::load {

Result<std::unique_ptr<HistoryLog>> HistoryLog::open(std::string path) {
  std::unique_ptr<HistoryLog> log(new HistoryLog(std::move(path)));
  if (!log->out_) return fail(ErrorCode::store_error, "cannot write " + log->path_);
  return log;
}

void HistoryLog::note(std::string_view lane, e2e::Happening what) {
  const std::lock_guard lock(mutex_);
  e2e::Event event{next_++, os::wall_now(), std::string(lane), std::move(what)};
  out_ << e2e::to_json_line(event) << '\n';
}

Result<> HistoryLog::finish() {
  const std::lock_guard lock(mutex_);
  out_.close();
  if (!out_) return fail(ErrorCode::store_error, "cannot write all of " + path_);
  return {};
}

}  // namespace studiosync::load
