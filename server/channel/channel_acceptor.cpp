#include "server/channel/channel_acceptor.hpp"

namespace studiosync::server {

ChannelAcceptor::ChannelAcceptor(ChannelContext& context, OriginAllowed allowed)
    : context_(context), allowed_(std::move(allowed)) {}

Result<std::shared_ptr<WsHandler>> ChannelAcceptor::accept(WsUpgrade upgrade,
                                                           std::shared_ptr<WsPeer> peer) {
  if (!upgrade.origin.empty() && !allowed_(upgrade.origin)) {
    return fail(ErrorCode::forbidden, "this origin may not connect");
  }
  auto channel = std::make_shared<DeviceChannel>(context_, upgrade, std::move(peer));
  const std::lock_guard lock(mutex_);
  channels_.push_back(channel);
  return channel;
}

void ChannelAcceptor::sweep(WallTime now) {
  std::vector<std::shared_ptr<DeviceChannel>> alive;
  {
    const std::lock_guard lock(mutex_);
    std::erase_if(channels_, [](const auto& weak) {
      const auto channel = weak.lock();
      return !channel || channel->closed();
    });
    for (const auto& weak : channels_) {
      if (auto channel = weak.lock()) alive.push_back(std::move(channel));
    }
  }
  for (const auto& channel : alive) channel->sweep(now);
}

}  // namespace studiosync::server
