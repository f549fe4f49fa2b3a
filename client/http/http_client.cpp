#include "client/http/http_client.hpp"

#include <curl/curl.h>

#include <mutex>

namespace studiosync::client {
namespace {

constexpr std::size_t answer_bytes_max = 64U << 20;

void start_curl_once() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

std::size_t append(char* data, std::size_t size, std::size_t count, void* target) {
  auto& body = *static_cast<std::string*>(target);
  if (body.size() + size * count > answer_bytes_max) return 0;  // curl then fails the transfer
  body.append(data, size * count);
  return size * count;
}

Error transport_error(CURLcode code, const std::string& server) {
  Error error{.code = ErrorCode::network_error,
              .message = server + ": " + curl_easy_strerror(code)};
  if (code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_URL_MALFORMAT) {
    error.code = ErrorCode::bad_request;
    return error;
  }
  if (code == CURLE_OPERATION_TIMEDOUT) error.code = ErrorCode::timeout;
  if (code == CURLE_COULDNT_CONNECT || code == CURLE_COULDNT_RESOLVE_HOST) {
    error.code = ErrorCode::connection_refused;
  } else {
    error.effect = Effect::maybe;
  }
  return error;
}

std::string text_of(const Json& object, std::string_view key) {
  const Json* value = object.find(key);
  return value != nullptr && value->is_string() ? value->as_string() : std::string();
}

ErrorCode code_of(const HttpReply& reply) {
  const std::string name = text_of(reply.body, "code");
  if (!name.empty()) return error_code_from(name);
  if (reply.status == 401) return ErrorCode::unauthorized;
  if (reply.status == 403) return ErrorCode::forbidden;
  if (reply.status == 404) return ErrorCode::not_found;
  if (reply.status == 429) return ErrorCode::rate_limited;
  // 502 and 504 are a proxy's word for a server that is away.
  const bool away = reply.status >= 502 && reply.status <= 504;
  return away ? ErrorCode::service_unavailable : ErrorCode::server_error;
}

Error server_error(const HttpReply& reply, curl_off_t retry_after_s) {
  Error error;
  error.code = code_of(reply);
  error.message = text_of(reply.body, "message");
  if (error.message.empty()) error.message = "the server answered " + std::to_string(reply.status);
  error.path = text_of(reply.body, "path");
  error.rule = text_of(reply.body, "rule");
  error.retry_after_ms = static_cast<std::int64_t>(retry_after_s) * 1000;
  return error;
}

// A device's user logs in by name and password, not by an address that is kept and printed.
bool has_login(const std::string& url) {
  const std::size_t host = url.find("://") + 3;
  return url.substr(host, url.find('/', host) - host).find('@') != std::string::npos;
}

}  // namespace

struct HttpClient::Handle {
  Handle() {
    start_curl_once();
    curl = curl_easy_init();
  }
  ~Handle() { curl_easy_cleanup(curl); }
  CURL* curl = nullptr;
};

HttpClient::HttpClient(std::string base, std::string ca_file, Millis timeout)
    : base_(std::move(base)),
      ca_file_(std::move(ca_file)),
      timeout_(timeout),
      handle_(std::make_unique<Handle>()) {
  while (base_.ends_with('/')) base_.pop_back();
}

HttpClient::~HttpClient() = default;

Result<HttpReply> HttpClient::request(const std::string& method, const std::string& path,
                                      const Json* body, const std::string& bearer) {
  CURL* curl = handle_->curl;
  curl_easy_reset(curl);  // keeps the open connection
  const std::string url = base_ + path;
  const std::string text = body == nullptr ? std::string() : body->dump();
  std::string answer;
  curl_slist* headers = nullptr;
  headers = curl_slist_append(headers, "Content-Type: application/json");
  if (!bearer.empty())
    headers = curl_slist_append(headers, ("Authorization: Bearer " + bearer).c_str());
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method.c_str());
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(timeout_.count));
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, append);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
  if (!ca_file_.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, ca_file_.c_str());
  if (body != nullptr) {
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, text.c_str());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(text.size()));
  }
  const CURLcode code = curl_easy_perform(curl);
  curl_slist_free_all(headers);
  if (code != CURLE_OK) return Unexpected(transport_error(code, base_));

  HttpReply reply;
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  reply.status = static_cast<int>(status);
  if (auto parsed = parse_json(answer)) {
    reply.body = std::move(*parsed);
  } else {
    reply.text = std::move(answer);
  }
  if (reply.status < 400) return reply;
  curl_off_t retry_after_s = 0;
  curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &retry_after_s);
  return Unexpected(server_error(reply, retry_after_s));
}

Result<std::string> push_channel_url(const std::string& base) {
  std::string rest = base;
  while (rest.ends_with('/')) rest.pop_back();
  const bool known = rest.starts_with("http://") || rest.starts_with("https://");
  if (known && has_login(rest)) {
    return fail(ErrorCode::bad_request, "a server's URL has no login in it");
  }
  if (rest.starts_with("http://")) return "ws://" + rest.substr(7) + "/ws";
  if (rest.starts_with("https://")) return "wss://" + rest.substr(8) + "/ws";
  return fail(ErrorCode::bad_request, "a server is named by an http:// or https:// URL");
}

}  // namespace studiosync::client
