// A device with a real database and a real connection, and a way to wait for what happens to it.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "client/engine/engine_host.hpp"
#include "tests/support/temporary_folder.hpp"

namespace studiosync::test {

inline constexpr Millis patience{20'000};

class LiveDevice {
 public:
  // Offline at first. The login is kept in the folder's auth.json, too.
  LiveDevice(client::Login login, const std::string& name);

  client::EngineHost& host() { return *host_; }
  const std::string& folder() const noexcept { return folder_.path(); }
  std::string database() const { return folder_.file("device.db"); }

  void online() { host_->go_online(); }
  void offline() { host_->go_offline(); }
  // The process ends, and begins anew on the same folder.
  void restart(const std::function<void()>& meanwhile = [] {});

  // Writes a saved query; stops the test when the device cannot.
  void put(const std::string& id, const std::string& name);
  // The saved query's name; empty when the user sees none.
  std::string name_of(const std::string& id);
  // Names of all saved queries, in the order of their ids.
  std::vector<std::string> names();
  // `""`, or the code of the error.
  std::string sync();

  // Waits until it holds, looking after every notice of the device and now and then. False: not in
  // time.
  bool wait_until(const std::function<bool()>& holds);
  bool wait_for_name(const std::string& id, const std::string& name);
  bool wait_for_state(LinkState state);
  // All notices of a kind so far.
  std::vector<Notice> notices(Notice::Kind kind);

 private:
  void start();

  TemporaryFolder folder_;
  std::string name_;
  std::mutex mutex_;  // guards notices_: they come on the host's thread
  std::condition_variable noticed_;
  std::vector<Notice> notices_;
  std::unique_ptr<client::EngineHost> host_;
};

}  // namespace studiosync::test
