// The gate in front of the log: what may be stored at all, and in which form. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/fields.hpp"
#include "core/base/result.hpp"
#include "core/sanitizer/sanitize.hpp"
#include "core/schema/registry.hpp"
#include "core/schema/validate.hpp"

namespace studiosync {

// A record's data without its credentials. There is no other way to make one, so that nothing else
// is admitted.
class RedactedData {
 public:
  // Fields that name a record (a preference's key, references) cannot be redacted, for they would
  // name another one then: `credential_leaked` with the path below `path`.
  static Result<RedactedData> from(const EntitySpec& spec, Json data, std::string_view path);

  const Json& json() const noexcept { return data_; }
  Json take() && { return std::move(data_); }
  const std::vector<Finding>& findings() const noexcept { return findings_; }

 private:
  RedactedData(Json data, std::vector<Finding> findings)
      : data_(std::move(data)), findings_(std::move(findings)) {}

  Json data_;
  std::vector<Finding> findings_;
};

struct Admitted {
  std::string id;  // a preference's follows from its key
  Fields fields;   // sanitized and canonical
};

// Validates, refuses what must never leave a device, and has the result checked once more.
// `validation_error`, `credential_leaked`, each with the path below `path`.
Result<Admitted> admit(const EntitySpec& spec, std::string_view id, RedactedData data,
                       Completeness completeness, std::string_view path);

// The type named on the wire, if a user may write it.
Result<EntityType> admit_type(std::string_view wire_name, std::string_view path);

// What names a record or a device. `validation_error` for what is no id, `credential_leaked` for
// one that holds a credential: other records and devices refer to it, so it cannot be redacted.
Result<> admit_id(std::string_view id, std::string_view path);

// `text` as it may be stored under another's eyes, answered or logged: its credentials redacted.
std::string without_credentials(std::string_view text);

// Redacts a name that results and the log of applied changes repeat. One that held a credential
// makes its change invalid; the first reason for that stays.
void screen_name(std::string& name, std::optional<Error>& invalid, const std::string& path);

}  // namespace studiosync
