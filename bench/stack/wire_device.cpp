#include "bench/stack/wire_device.hpp"

#include "bench/stack/must.hpp"
#include "client/http/http_client.hpp"
#include "core/base/random.hpp"
#include "core/protocol/codec.hpp"
#include "os/entropy.hpp"
#include "os/wall_clock.hpp"

namespace studiosync::bench {
namespace {

constexpr std::chrono::seconds patience{30};

client::WsClientOptions options_for(const client::Login& login) {
  return {.url = must(client::push_channel_url(login.server), "the push channel's address"),
          .authorization = "Bearer " + login.access_token};
}

Hello greeting(const std::string& name) {
  Random random(os::random_u64());
  Hello hello;
  hello.device = {"wire-" + name};
  hello.device_name = name;
  hello.now = os::wall_now();
  hello.replica.bytes = uuid_v7(hello.now.unix_ms, random);
  return hello;
}

}  // namespace

std::string to_bytes(const Message& message) {
  return encode({"1", message}, Encoding::json);
}

WireDevice::WireDevice(boost::asio::io_context& io, const client::Login& login,
                       const std::string& name)
    : io_(io),
      client_(io, options_for(login),
              {.on_open = [this] { io_.stop(); },
               .on_message =
                   [this](std::string message) {
                     if (take_) {
                       take_(std::move(message));
                     } else {
                       received_.push_back(std::move(message));
                       io_.stop();
                     }
                   },
               .on_close = [](const Error& error) { give_up("a device's connection", error); }}) {
  client_.connect();
  run(io_);
  const Frame welcome = ask(greeting(name));
  const auto& facts = std::get<Welcome>(welcome.body);
  epoch_ = facts.epoch;
  const Cursor head = facts.head;
  if (head != Cursor{}) ask(Pull{head});  // rows are sent only to who has read everything
}

void WireDevice::run(boost::asio::io_context& io) {
  io.restart();
  io.run_for(patience);
  if (!io.stopped()) give_up("waiting for a message", {.message = "none came in time"});
}

std::string WireDevice::receive() {
  while (received_.empty()) run(io_);
  std::string message = std::move(received_.front());
  received_.pop_front();
  return message;
}

Frame WireDevice::ask(const Message& request) {
  send(to_bytes(request));
  Frame answer = must(decode(receive(), Encoding::json), "an answer");
  if (const auto* error = std::get_if<ErrorFrame>(&answer.body)) give_up("a request", error->error);
  return answer;
}

}  // namespace studiosync::bench
