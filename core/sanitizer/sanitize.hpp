// The credential firewall: no credential leaves the device, none that arrives is stored.
// Pure; any thread. The structural layer; text rules join behind the same two functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.hpp"
#include "core/base/result.hpp"
#include "core/schema/registry.hpp"

namespace studiosync {

// What was removed, never the secret itself.
struct Finding {
  std::string rule;  // as `structural.key`
  std::string path;  // JSON path below the record's data, as `$.metadata.ssh.password`
  std::size_t count = 1;
};

// Removes every member whose key names a credential, anywhere in `data` (top level, metadata,
// parameters, unknown fields), whatever the case or separator; everything else stays as it is.
// Deterministic and idempotent.
std::vector<Finding> sanitize(const EntitySpec& spec, Json& data);

// The independent second opinion, over the serialized content as it would be stored. A hit is
// `credential_leaked` with rule and path.
Result<> check_clean(std::string_view content);

// Whether an object key names a credential: password, passwd, pwd, pass, passphrase, secret, token,
// api_key, access_key, private_key, ssh_key, client_secret, authorization, cookie, … in any case,
// with any separator.
bool names_credential(std::string_view key) noexcept;

}  // namespace studiosync
