// One device's push channel of the null server. On the listener's one thread.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/protocol/codec.hpp"
#include "loadtest/null_server/null_log.hpp"
#include "server/net/ws_types.hpp"

namespace studiosync::load {

class NullChannel final : public server::WsHandler {
 public:
  // Of an account by its token; outlives the channel.
  using UserOf = std::function<NullUser&(const std::string& token)>;
  NullChannel(UserOf user_of, NullPages& pages, std::shared_ptr<server::WsPeer> peer);

  void on_message(std::string payload) override;
  void on_drained() override {}
  void on_close() override;

 private:
  void take(const std::string& id, const Hello& hello);
  void take(const std::string& id, Push push);
  void take(const std::string& id, const Pull& pull);
  void take(const std::string&, const Ack&) {}
  template <class Other>
  void take(const std::string& id, const Other&) {
    send(id,
         ErrorFrame{{.code = ErrorCode::bad_request, .message = "the null server has nothing"}});
  }
  void send(const std::string& id, Message message);

  const UserOf user_of_;
  NullPages& pages_;
  const std::shared_ptr<server::WsPeer> peer_;
  NullUser* user_ = nullptr;  // after hello
  ReplicaId replica_;
};

}  // namespace studiosync::load
