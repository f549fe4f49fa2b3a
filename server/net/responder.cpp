#include "server/net/responder.hpp"

#include <atomic>
#include <boost/asio/post.hpp>
#include <memory>
#include <utility>

#include "server/net/connection.hpp"
#include "server/net/http_session.hpp"

namespace studiosync::server {
namespace {

class Responder {
 public:
  Responder(Connection& connection, HttpSession& session)
      : io_(connection.io()), connection_(connection.weak_from_this()), session_(session) {}
  Responder(const Responder&) = delete;
  Responder& operator=(const Responder&) = delete;

  ~Responder() {
    if (answered_) return;
    answer(error_answer({.code = ErrorCode::server_error, .message = "no answer"}));
  }

  // The session stays the connection's while its request is unanswered, so holding the connection
  // will do. Posting holds neither: the io_context must not own what owns it.
  void answer(HttpResponse response) {
    if (answered_.exchange(true)) return;
    boost::asio::post(io_->context(), [connection = connection_, session = &session_,
                                       response = std::move(response)]() mutable {
      if (const auto alive = connection.lock()) session->answer(std::move(response));
    });
  }

 private:
  const std::shared_ptr<IoThread> io_;
  const std::weak_ptr<Connection> connection_;
  HttpSession& session_;
  std::atomic<bool> answered_{false};
};

}  // namespace

Respond make_respond(Connection& connection, HttpSession& session) {
  return [responder = std::make_shared<Responder>(connection, session)](HttpResponse response) {
    responder->answer(std::move(response));
  };
}

}  // namespace studiosync::server
