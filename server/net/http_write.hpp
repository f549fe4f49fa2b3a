// Answers as bytes (RFC 9112 section 6). No socket.
#pragma once

#include <memory>
#include <string>

#include "core/base/error.hpp"
#include "server/net/http_types.hpp"

namespace studiosync::server {

// What of a request shapes its answer.
struct AnswerTo {
  bool keep_alive = false;
  bool http_1_0 = false;
  bool head_only = false;  // HEAD: everything but the body
  bool accepts_gzip = false;
};

struct WireAnswer {
  std::string head;
  std::shared_ptr<const std::string> body;  // null: none
};

WireAnswer to_wire(HttpResponse response, const AnswerTo& to);

// The JSON error body; `status` 0 takes the code's own.
HttpResponse error_answer(const Error& error, int status = 0);

}  // namespace studiosync::server
