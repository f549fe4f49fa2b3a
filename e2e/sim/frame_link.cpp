// A link that hands whole messages over: what a WebSocket does, without its bytes.
#include "client/ws/close_error.hpp"
#include "e2e/sim/link.hpp"

namespace studiosync::e2e {
namespace {

class FrameLink final : public Link {
 public:
  using Link::Link;

 private:
  void connected() override {
    if (accept_device()) return open_device();
    end_server();
    end_device(client::refused_upgrade(403, ""));
  }

  void device_sends(const std::string& payload) override { transmit(LinkWay::up, payload); }
  void server_sends(const std::string& payload) override { transmit(LinkWay::down, payload); }

  void server_closes(std::uint16_t code, const std::string& reason) override {
    closed_with_ = client::closed_with(code, reason);
    transmit_end(LinkWay::down);
  }

  void bytes_arrived(LinkWay way, const std::string& bytes) override {
    message_arrived(way, bytes);
  }
  // The first part of a message is none.
  bool in_pieces() const override { return false; }

  void end_arrived(LinkWay way) override {
    if (way == LinkWay::up) {
      end_server();
    } else {
      end_device(closed_with_.value_or(broken()));
      transmit_end(LinkWay::up);
    }
  }

  std::optional<Error> closed_with_;
};

}  // namespace

std::unique_ptr<Link> make_frame_link(LinkSetup setup) {
  return std::make_unique<FrameLink>(std::move(setup));
}

}  // namespace studiosync::e2e
