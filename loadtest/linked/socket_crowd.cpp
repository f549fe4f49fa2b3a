#include "loadtest/linked/socket_crowd.hpp"

#include <algorithm>
#include <fstream>

#include "loadtest/results_file.hpp"
#include "loadtest/run/workers.hpp"

namespace studiosync::load {
namespace {

// What a process keeps for everything that is no device.
constexpr std::size_t spare_descriptors = 1'000;
// Both sides of each are on this machine.
constexpr std::size_t connects_a_second = 1'000;
constexpr std::chrono::seconds half_min{3};
constexpr WallTime far_future{4'000'000'000'000};

// As a line of `syncd users create`, for a server that lets in whoever gives a user's number.
std::string account_line(std::size_t user) {
  const std::string number = std::to_string(user);
  return Json::object()
             .set("user_id", number)
             .set("username", number)
             .set("password", number)
             .set("token", number)
             .set("expires_at", to_rfc3339(far_future))
             .dump() +
         "\n";
}

Result<> write_accounts(const std::string& file, std::size_t first, std::size_t count) {
  std::ofstream out(file);
  for (std::size_t i = 0; i < count; ++i) out << account_line(first + i);
  if (out.flush()) return {};
  return fail(ErrorCode::store_error, "cannot write " + file);
}

RunOptions run_of(const SocketCrowd::Plan& plan, const std::string& users_file) {
  const std::chrono::seconds needed(plan.devices / connects_a_second);
  RunOptions options;
  options.target = plan.target;
  options.scenario = "idle";
  options.users = plan.devices / 2;
  options.duration = 2 * std::max(needed, half_min);
  options.users_file = users_file;
  options.verify = false;
  return options;
}

}  // namespace

SocketCrowd::SocketCrowd(ScratchFolder scratch, os::ChildProcess process)
    : scratch_(std::move(scratch)), process_(std::move(process)) {}

Result<SocketCrowd> SocketCrowd::start(const Plan& plan) {
  SS_ASSIGN(ScratchFolder scratch, ScratchFolder::make());
  const std::string users_file = scratch.file("users.jsonl");
  SS_TRY(write_accounts(users_file, plan.first_user, plan.devices / 2));
  SS_ASSIGN(auto process,
            os::ChildProcess::start(worker_command(run_of(plan, users_file), 1, 0, plan.program,
                                                   scratch.file("results.json"))));
  return SocketCrowd(std::move(scratch), std::move(process));
}

std::optional<Result<Results>> SocketCrowd::take_results() {
  const auto code = process_.wait(Millis{0});
  if (!code && code.error().code == ErrorCode::timeout) return std::nullopt;
  return read_results(scratch_.file("results.json"));
}

SocketRoom room_for_sockets(std::size_t asked, std::size_t descriptors_max) {
  SocketRoom room{.devices = asked - asked % 2, .remark = {}};
  const std::size_t most = descriptors_max - std::min(descriptors_max, spare_descriptors);
  if (room.devices <= most) return room;
  room.devices = most - most % 2;
  room.remark = std::to_string(room.devices) + " of " + std::to_string(asked) +
                " sockets: the server's process may have " + std::to_string(descriptors_max) +
                " open files (`ulimit -n`), and keeps " + std::to_string(spare_descriptors) +
                " for everything else";
  return room;
}

}  // namespace studiosync::load
