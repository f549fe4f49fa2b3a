// The one table of settings: YAML, environment, flags, `syncd config` and docs/CONFIG.md all read
// it. Adding a setting is adding a member to Config and a row here.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "core/base/result.hpp"
#include "server/config/config.hpp"

namespace studiosync::server {

// Where a setting's value is kept. Which member it is decides how its text is read.
using Slot = std::variant<std::string*, std::int64_t*, Millis*, Bytes*, std::vector<std::string>*>;

struct Setting {
  std::string_view path;  // `limits.uploads_per_minute`
  Slot (*slot)(Config&);
  std::string_view meaning;
  std::int64_t minimum = 0;  // numbers; durations in milliseconds
  std::int64_t maximum = INT64_MAX;
  std::span<const std::string_view> choices = {};  // texts
  bool secret = false;                             // never printed
  std::string_view env_alias = {};                 // a documented name of older deployments
};

std::span<const Setting> settings() noexcept;
const Setting* find_setting(std::string_view path) noexcept;
// The known path nearest to a misspelt one; empty when none is near.
std::string_view nearest_setting(std::string_view path);

// `STUDIOSYNC_LIMITS_UPLOADS_PER_MINUTE`.
std::string env_name(const Setting& setting);

// Reads a text into the setting. The error's message says what was expected; `config` is then
// unchanged.
Result<> assign(const Setting& setting, Config& config, std::string_view text);
// The text that assign() reads back. Secrets are not masked here.
std::string value_text(const Setting& setting, const Config& config);
// `duration`, `one of debug, info, warn, error`, …
std::string type_text(const Setting& setting);

}  // namespace studiosync::server
