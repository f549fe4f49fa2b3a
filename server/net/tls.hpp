// The server's TLS settings.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <string>

#include "core/base/result.hpp"

namespace studiosync::server {

// TLS 1.2 and later. `bad_request` naming the file that cannot be used, or a key that is another
// certificate's.
Result<std::unique_ptr<boost::asio::ssl::context>> make_tls_context(const std::string& cert_file,
                                                                    const std::string& key_file);

}  // namespace studiosync::server
