#include "server/api/plain_author.hpp"

#include "core/sync/admission.hpp"

namespace studiosync::server {

Result<Author> plain_author(AuthService& auth, const Caller& caller, const DeviceId& device,
                            std::string_view name) {
  SS_TRY(auth.device_seen(caller, device, without_credentials(name)));
  return Author{.replica = {}, .device = device, .device_name = auth.device_name(caller, device)};
}

}  // namespace studiosync::server
