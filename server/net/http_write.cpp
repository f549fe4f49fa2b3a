#include "server/net/http_write.hpp"

#include <algorithm>
#include <boost/beast/http/status.hpp>
#include <utility>

#include "core/base/json.hpp"
#include "server/net/gzip.hpp"

namespace studiosync::server {
namespace {

// Below it the headers that say "gzip" cost more than it saves.
constexpr std::size_t gzip_bytes_min = 1024;
constexpr int server_error_status = 500;

bool has_body(int status) noexcept {
  return status >= 200 && status != 204 && status != 304;
}

bool named(const Headers& headers, std::string_view name) noexcept {
  return std::ranges::any_of(headers, [name](const auto& header) {
    return std::ranges::equal(header.first, name, [](char a, char b) {
      return std::tolower(static_cast<unsigned char>(a)) == b;
    });
  });
}

void compress(HttpResponse& response) {
  if (response.body.size() <= gzip_bytes_min || named(response.headers, "content-encoding")) return;
  auto packed = gzip(response.body);
  if (!packed || packed->size() >= response.body.size()) return;
  response.body = std::move(*packed);
  response.headers.emplace_back("Content-Encoding", "gzip");
}

// A value with a line break would be a second header: such a header is left out.
void append_header(std::string& out, std::string_view name, std::string_view value) {
  constexpr std::string_view line_ends("\r\n\0", 3);
  if (name.find_first_of(line_ends) != std::string_view::npos ||
      value.find_first_of(line_ends) != std::string_view::npos) {
    return;
  }
  out.append(name).append(": ").append(value).append("\r\n");
}

std::string status_line(int status) {
  const auto reason =
      boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(status));
  std::string out = "HTTP/1.1 " + std::to_string(status) + " ";
  return out.append(reason.data(), reason.size()).append("\r\n");
}

void append_connection(std::string& out, const AnswerTo& to) {
  if (!to.keep_alive) {
    append_header(out, "Connection", "close");
  } else if (to.http_1_0) {
    append_header(out, "Connection", "keep-alive");
  }
}

}  // namespace

WireAnswer to_wire(HttpResponse response, const AnswerTo& to) {
  const bool compressible = response.body.size() > gzip_bytes_min;
  if (to.accepts_gzip) compress(response);
  WireAnswer wire{.head = status_line(response.status), .body = nullptr};
  if (has_body(response.status)) {
    if (!response.body.empty()) append_header(wire.head, "Content-Type", response.content_type);
    append_header(wire.head, "Content-Length", std::to_string(response.body.size()));
    if (compressible) append_header(wire.head, "Vary", "Accept-Encoding");
  }
  for (const auto& [name, value] : response.headers) append_header(wire.head, name, value);
  append_connection(wire.head, to);
  wire.head += "\r\n";
  if (has_body(response.status) && !to.head_only && !response.body.empty()) {
    wire.body = std::make_shared<const std::string>(std::move(response.body));
  }
  return wire;
}

HttpResponse error_answer(const Error& error, int status) {
  Json body = Json::object();
  body.set("error", true)
      .set("code", std::string(to_string(error.code)))
      .set("message", error.message);
  if (!error.path.empty()) body.set("path", error.path);
  const int own = traits(error.code).http_status;
  HttpResponse answer{.status = status != 0 ? status
                                : own != 0  ? own
                                            : server_error_status,
                      .body = body.dump()};
  if (error.retry_after_ms > 0) {
    answer.headers.emplace_back("Retry-After", std::to_string((error.retry_after_ms + 999) / 1000));
  }
  return answer;
}

}  // namespace studiosync::server
