#include "loadtest/fleet/thin_link.hpp"

#include <boost/asio/io_context.hpp>
#include <utility>

#include "core/protocol/codec.hpp"
#include "loadtest/fleet/account.hpp"
#include "os/wall_clock.hpp"

namespace studiosync::load {

ThinLink::ThinLink(World& world, const Account& account, Options options)
    : world_(world),
      account_(account),
      options_(std::move(options)),
      replica_{uuid_v7(os::wall_now().unix_ms, world.random)} {}

void ThinLink::connect(Callbacks callbacks) {
  callbacks_ = std::move(callbacks);
  client::WsClientOptions options;
  options.url = world_.url;
  options.ca_file = world_.ca_file;
  options.source_address = options_.source_address;
  socket_ = std::make_unique<client::WsClient>(
      world_.io, std::move(options),
      client::WsClient::Callbacks{
          .on_open = [this] { greet(); },
          .on_message = [this](const std::string& message) { receive(message); },
          .on_close = [this](const Error& error) { lose(error); }});
  socket_->connect();
}

void ThinLink::greet() {
  send(Hello{.token = account_.token,
             .device = {options_.id},
             .device_name = options_.id,
             .replica = replica_,
             .now = os::wall_now()});
}

void ThinLink::send(const Message& message) {
  std::string bytes = encode({"1", message}, Encoding::json);
  world_.recorder.count(&Counts::bytes_sent, Clock::now(), bytes.size());
  socket_->send(std::move(bytes));
}

void ThinLink::receive(const std::string& message) {
  ++world_.progress;
  world_.recorder.count(&Counts::bytes_received, Clock::now(), message.size());
  if (lost_) return;
  if (std::exchange(welcomed_, true)) return callbacks_.received(message);
  const auto frame = decode(message, Encoding::json);
  if (!frame) return lose(frame.error());
  if (const auto* error = std::get_if<ErrorFrame>(&frame->body)) return lose(error->error);
  if (const auto* welcome = std::get_if<Welcome>(&frame->body))
    return callbacks_.welcomed(*welcome);
  lose({.code = ErrorCode::bad_request, .message = "the server did not say welcome"});
}

void ThinLink::lose(const Error& error) {
  if (std::exchange(lost_, true)) return;
  world_.recorder.count_error(error.code, Clock::now());
  callbacks_.lost(error);
}

}  // namespace studiosync::load
