#include "server/net/tls.hpp"

#include <openssl/ssl.h>

namespace studiosync::server {
namespace asio = boost::asio;

Result<std::unique_ptr<asio::ssl::context>> make_tls_context(const std::string& cert_file,
                                                             const std::string& key_file) {
  auto tls = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
  boost::system::error_code error;
  SSL_CTX_set_min_proto_version(tls->native_handle(), TLS1_2_VERSION);
  // Idle connections give their record buffers back: 34 kB each.
  SSL_CTX_set_mode(tls->native_handle(), SSL_MODE_RELEASE_BUFFERS);
  tls->use_certificate_chain_file(cert_file, error);
  if (error)
    return fail(ErrorCode::bad_request, "TLS certificate " + cert_file + ": " + error.message());
  tls->use_private_key_file(key_file, asio::ssl::context::pem, error);
  if (error) return fail(ErrorCode::bad_request, "TLS key " + key_file + ": " + error.message());
  return tls;
}

}  // namespace studiosync::server
