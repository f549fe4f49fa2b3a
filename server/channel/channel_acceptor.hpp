// Lets devices in at `/ws`, and keeps an eye on those that are in.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

#include "server/channel/device_channel.hpp"

namespace studiosync::server {

// Thread-safe.
class ChannelAcceptor final : public WsAcceptor {
 public:
  using OriginAllowed = std::function<bool(std::string_view origin)>;

  ChannelAcceptor(ChannelContext& context, OriginAllowed allowed);

  // `forbidden` for a browser's page from an origin that is not on the list.
  Result<std::shared_ptr<WsHandler>> accept(WsUpgrade upgrade,
                                            std::shared_ptr<WsPeer> peer) override;

  // To be called about once a second.
  void sweep(WallTime now);

 private:
  ChannelContext& context_;
  OriginAllowed allowed_;
  std::mutex mutex_;  // guards channels_: connections are accepted on several threads
  std::vector<std::weak_ptr<DeviceChannel>> channels_;
};

}  // namespace studiosync::server
