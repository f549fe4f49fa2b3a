// The devices and the server of one run: performs the steps, heals everything, waits until all are
// in sync, and says what is then there.
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "core/base/random.hpp"
#include "e2e/real/real_device.hpp"
#include "e2e/real/real_server.hpp"
#include "e2e/real/run_real.hpp"

namespace studiosync::e2e {

class RealWorld {
 public:
  RealWorld(const Scenario& scenario, const RealOptions& options);

  RealRun run();

 private:
  using Devices = std::vector<RealDevice*>;

  void note(const std::string& lane, Happening what);
  void note_turn(const std::string& lane, Turned::What what, const std::string& user = {},
                 const std::string& detail = {});
  // What the device did since, with these edits of its user.
  Result<> note_happened(RealDevice& device, RealDevice::Doings doings = {});

  Result<> run_all();
  RealFailure failure_of(const Error& error) const;
  bool is_lane(const std::string& name) const;
  Result<> add_device(const DeviceSpec& spec);
  Result<> bring_online(RealDevice& device);
  Devices named(const Step& step);  // the one, or all
  Devices everybody() { return named({}); }

  Result<> pass_time(const Step& next);
  Result<> perform(const Step& step);
  Result<> perform_on_server(const Step& step);
  Result<> perform_on(RealDevice& device, const Step& step);
  Result<> edit(RealDevice& device, const Step& step);
  Result<> decide(RealDevice& device, const Step& step);
  Result<> revoke(RealDevice& device);
  Result<> live(RealDevice& device, const Step& step);
  Result<> disturb(RealDevice& device, const Step& step);
  Result<> start_server();
  // With its folder at rest, and all that it did before noted.
  Result<> at_rest(RealDevice& device, const std::function<Result<>()>& work);
  Result<> clone(RealDevice& device, const std::string& name);
  Result<> reset(RealDevice& device);
  Result<> heal(RealDevice& device);
  Result<> expect(const Step& step);

  // Returns when something passes between the device, or any one, and the server, if there is
  // anything to send.
  void await_traffic(RealDevice* device);
  bool can_send(RealDevice& device);
  Result<> take_events();

  Result<> settle(const Devices& devices);
  Result<> settle_once(const Devices& devices);
  Result<> wait_settled(RealDevice& device, os::ChildProcess& waiting);
  Devices those_that_can();
  Result<> heal_everything();
  Result<> write_states();

  const Scenario& scenario_;
  const RealOptions& options_;
  Random random_;
  RealServer server_;
  std::vector<std::unique_ptr<RealDevice>> devices_;
  std::set<std::string> users_;
  std::size_t step_ = 0;
  std::string busy_ = "server";  // whom the run is dealing with
  bool restored_ = false;        // the server was
  RealRun run_;
};

}  // namespace studiosync::e2e
