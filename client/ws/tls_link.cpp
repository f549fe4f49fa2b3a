#include <openssl/ssl.h>

#include <array>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <map>
#include <utility>

#include "client/ws/link.hpp"

namespace studiosync::client {
namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

using TlsContext = std::shared_ptr<asio::ssl::context>;

Result<TlsContext> load_context(const std::string& ca_file) {
  auto tls = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_client);
  NetError error;
  SSL_CTX_set_min_proto_version(tls->native_handle(), TLS1_2_VERSION);
  SSL_CTX_set_mode(tls->native_handle(), SSL_MODE_RELEASE_BUFFERS);
  if (ca_file.empty()) {
    tls->set_default_verify_paths(error);
  } else {
    tls->load_verify_file(ca_file, error);
  }
  if (!error) tls->set_verify_mode(asio::ssl::verify_peer, error);
  if (error) return fail(ErrorCode::bad_request, "TLS authorities: " + error.message());
  return tls;
}

// The system's authorities are hundreds of certificates: one copy for all connections of a thread.
Result<TlsContext> shared_context(const std::string& ca_file) {
  thread_local std::map<std::string, std::weak_ptr<asio::ssl::context>> loaded;
  if (auto tls = loaded[ca_file].lock()) return tls;
  SS_ASSIGN(auto tls, load_context(ca_file));
  loaded[ca_file] = tls;
  return tls;
}

class TlsLink final : public Link {
 public:
  TlsLink(asio::io_context& io, TlsContext tls, const std::string& host)
      : tls_(std::move(tls)), stream_(io, *tls_) {
    NetError ignored;
    stream_.set_verify_callback(asio::ssl::host_name_verification(host), ignored);
    // RFC 6066 section 3: the name that a server with several certificates chooses by, never an
    // address.
    asio::ip::make_address(host, ignored);
    if (ignored) SSL_set_tlsext_host_name(stream_.native_handle(), host.c_str());
  }

  tcp::socket& socket() override { return stream_.next_layer(); }

  void open(Done done) override {
    stream_.async_handshake(asio::ssl::stream_base::client, std::move(done));
  }

  void read(Received received) override {
    stream_.async_read_some(asio::buffer(buffer_), [this, received = std::move(received)](
                                                       const NetError& error, std::size_t bytes) {
      received(error, {buffer_.data(), bytes});
    });
  }

  void write(std::string_view bytes, Done done) override {
    asio::async_write(
        stream_, asio::buffer(bytes.data(), bytes.size()),
        [done = std::move(done)](const NetError& error, std::size_t) { done(error); });
  }

 private:
  TlsContext tls_;
  asio::ssl::stream<tcp::socket> stream_;
  // Decrypted bytes may arrive in a later turn of the loop, so a shared buffer will not do.
  std::array<char, 4096> buffer_;
};

}  // namespace

Result<std::unique_ptr<Link>> make_tls_link(asio::io_context& io, const std::string& host,
                                            const std::string& ca_file) {
  SS_ASSIGN(auto tls, shared_context(ca_file));
  return std::make_unique<TlsLink>(io, std::move(tls), host);
}

}  // namespace studiosync::client
