#include "server/net/http_parse.hpp"

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <boost/beast/http/string_body.hpp>
#include <cctype>
#include <optional>
#include <utility>

#include "core/base/limits.hpp"
#include "server/net/gzip.hpp"
#include "server/net/target.hpp"

namespace studiosync::server {
namespace http = boost::beast::http;
namespace {

constexpr int head_too_large_status = 431;

std::string with_case(std::string_view text, int (*change)(int)) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(change(static_cast<unsigned char>(c)));
  return out;
}

HttpResponse too_large(std::size_t bytes_max) {
  return error_answer({.code = ErrorCode::payload_too_large,
                       .message = "this request may have " + std::to_string(bytes_max) + " bytes"});
}

HttpResponse refusal_of(const boost::system::error_code& error, std::size_t body_bytes_max) {
  if (error == http::error::body_limit) return too_large(body_bytes_max);
  if (error == http::error::header_limit) {
    return error_answer(
        {.code = ErrorCode::bad_request, .message = "the request head is too large"},
        head_too_large_status);
  }
  return error_answer(
      {.code = ErrorCode::bad_request, .message = "malformed request: " + error.message()});
}

HttpResponse refuse(std::string message) {
  return error_answer({.code = ErrorCode::bad_request, .message = std::move(message)});
}

// None, or the one of HTTP/1.1 that we read.
bool known_transfer_coding(const http::fields& head, unsigned version) {
  const auto codings = head.count(http::field::transfer_encoding);
  if (codings == 0) return true;
  return version == 11 && codings == 1 &&
         boost::beast::iequals(head[http::field::transfer_encoding], "chunked");
}

}  // namespace

struct RequestParser::Impl {
  const Admit admit;
  std::size_t body_bytes_max = limits::request_bytes_max;
  http::request_parser<http::string_body> parser;
  std::optional<Target> target;
  std::optional<HttpResponse> refused;

  explicit Impl(Admit decide) : admit(std::move(decide)) {
    parser.eager(false);
    parser.header_limit(head_bytes_max);
    parser.body_limit(body_bytes_max);
  }

  // What Beast leaves to its caller.
  void check_head() {
    const auto& head = parser.get();
    if (head.version() == 11 && head.count(http::field::host) != 1) {
      refused = refuse("a request needs one Host header");
      return;
    }
    // RFC 9112 section 6.3: where such a body ends is not known, and Beast would take it for none,
    // and its bytes for the next request.
    if (!known_transfer_coding(head, head.version())) {
      refused = refuse("the only transfer coding here is chunked");
      return;
    }
    target = parse_target(std::string_view(head.target().data(), head.target().size()));
    if (!target) {
      refused = refuse("malformed request target");
      return;
    }
    limit_body();
  }

  HttpRequest head() const {
    const auto& message = parser.get();
    HttpRequest request{.method = with_case(message.method_string(), std::toupper),
                        .path = target->path,
                        .query = target->query};
    for (const auto& field : message) {
      request.headers.emplace_back(with_case(field.name_string(), std::tolower), field.value());
    }
    return request;
  }

  // Beast counts down what chunks may bring; an announced length it compared with the general
  // limit.
  void limit_body() {
    const auto announced = parser.content_length();
    if (!admit || (!parser.chunked() && announced.value_or(0) <= open_body_bytes_max)) return;
    auto admitted = admit(head());
    if (!admitted) {
      refused = std::move(admitted).error();
      return;
    }
    body_bytes_max = *admitted;
    parser.body_limit(body_bytes_max);
    if (announced.value_or(0) > body_bytes_max) refused = too_large(body_bytes_max);
  }

  // One step of Beast's machine; false when it can go no further.
  bool step(std::string_view& input) {
    const bool in_head = !parser.is_header_done();
    boost::system::error_code error;
    input.remove_prefix(parser.put(boost::asio::buffer(input.data(), input.size()), error));
    if (error == http::error::need_more) return false;
    if (error) refused = refusal_of(error, body_bytes_max);
    if (!error && in_head && parser.is_header_done()) check_head();
    return !refused && !parser.is_done();
  }
};

RequestParser::RequestParser(Admit admit) : impl_(std::make_unique<Impl>(std::move(admit))) {}
RequestParser::~RequestParser() = default;

RequestParser::Progress RequestParser::consume(std::string& input) {
  std::string_view rest = input;
  while (!rest.empty() && impl_->step(rest)) {
  }
  // What Beast leaves is a part of a head, which it bounds, of a chunk's head or of the trailer.
  if (!impl_->refused && !impl_->parser.is_done() && rest.size() > head_bytes_max) {
    impl_->refused = refuse("the head of a chunk or the trailer is too large");
  }
  input.erase(0, input.size() - rest.size());
  if (impl_->refused) return Progress::refused;
  return impl_->parser.is_done() ? Progress::complete : Progress::need_more;
}

bool RequestParser::head_complete() const noexcept {
  return impl_->parser.is_header_done();
}

std::size_t RequestParser::body_bytes() const noexcept {
  return impl_->parser.get().body().size();
}

bool RequestParser::wants_continue() const {
  const auto& head = impl_->parser.get();
  return head.version() == 11 && body_bytes() == 0 &&
         boost::beast::iequals(head[http::field::expect], "100-continue");
}

bool RequestParser::wants_websocket() const {
  const auto& head = impl_->parser.get();
  return head.version() == 11 && head.method() == http::verb::get &&
         http::token_list(head[http::field::connection]).exists("upgrade") &&
         http::token_list(head[http::field::upgrade]).exists("websocket");
}

AnswerTo RequestParser::answer_to() const {
  if (!head_complete() || impl_->refused) return {};
  const auto& head = impl_->parser.get();
  const auto encodings = head[http::field::accept_encoding];
  return {.keep_alive = impl_->parser.keep_alive(),
          .http_1_0 = head.version() == 10,
          .head_only = head.method() == http::verb::head,
          .accepts_gzip = accepts_gzip({encodings.data(), encodings.size()})};
}

HttpRequest RequestParser::take_request() {
  HttpRequest request = impl_->head();
  request.body = std::move(impl_->parser.get().body());
  return request;
}

HttpResponse RequestParser::refusal() const {
  return *impl_->refused;
}

}  // namespace studiosync::server
