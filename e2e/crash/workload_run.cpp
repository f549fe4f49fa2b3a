#include "e2e/crash/workload_run.hpp"

namespace studiosync::e2e {

namespace {

std::unique_ptr<CrashSubject> make_subject(const SweepOptions& options) {
  return options.side == CrashSide::server ? make_server_subject(options.seed)
                                           : make_device_subject(options.seed);
}

std::string_view name_of(DiskCall call) {
  switch (call) {
    case DiskCall::write:
      return "write";
    case DiskCall::sync:
      return "sync";
    case DiskCall::truncate:
      return "truncate";
    case DiskCall::remove:
      return "remove";
    default:
      return "call";
  }
}

// The log of a store that trusts a lying disk.
DiskFault lie_about_the_log(const DiskOperation& operation) {
  const bool lie = operation.call == DiskCall::sync && operation.file.ends_with("-wal");
  return lie ? DiskFault::lie : DiskFault::none;
}

}  // namespace

WorkloadRun::WorkloadRun(const SweepOptions& options)
    : options_(options),
      vfs_(disk_, {.name = "crash-run", .seed = options.seed}),
      subject_(make_subject(options)) {
  seed_sqlite(options.seed);
  vfs_.observe([this](const DiskOperation& operation) { note(operation); });
  if (options.planted == PlantedUnsafety::log_not_flushed) vfs_.inject(lie_about_the_log);
}

void WorkloadRun::note(const DiskOperation& operation) {
  if (!operation.changes_disk()) return;
  const std::size_t moment = moments_++;
  if (moment % options_.stride != 0) return;
  const std::size_t turn = moment / options_.stride % crash_modes.size();
  std::string about(name_of(operation.call));
  about.append(" ").append(operation.file).append(" @").append(std::to_string(operation.offset));
  points_.push_back({moment, std::move(about), disk_, options_.mode.value_or(crash_modes[turn])});
}

Result<> WorkloadRun::note_state() {
  SS_ASSIGN(const std::uint64_t whole, reader_->whole());
  SS_ASSIGN(ContentMark content, reader_->content());
  SS_ASSIGN(const std::string disagreement, reader_->disagreement());
  if (!disagreement.empty()) return fail(ErrorCode::store_error, disagreement);
  SS_TRY(reader_->examine());
  states_.push_back({whole, std::move(content)});
  return {};
}

Result<> WorkloadRun::open() {
  SS_TRY(subject_->open(vfs_.name()));
  SS_ASSIGN(auto reader, StateReader::open(*subject_, vfs_.name()));
  reader_.emplace(std::move(reader));
  return note_state();
}

Result<> WorkloadRun::step() {
  const auto answers = subject_->step(states_.size() - 1);
  tasks_ = answers.size();
  SS_TRY(overall(answers));
  return note_state();
}

// A transaction that changes nothing writes nothing, and so flushes nothing of those before it.
std::size_t WorkloadRun::earliest_after_power_loss(std::size_t steps) const {
  const auto promised = [this](std::size_t step) {
    return subject_->promises_disk(step) && states_[step].whole != states_[step + 1].whole;
  };
  while (steps > 0 && !promised(steps - 1)) --steps;
  return steps;
}

}  // namespace studiosync::e2e
