#include "server/config/load.hpp"

#include <fstream>
#include <map>
#include <sstream>

#include "server/config/check_config.hpp"
#include "server/config/settings.hpp"
#include "server/config/yaml_source.hpp"

namespace studiosync::server {
namespace {

using Assignments = std::vector<Assignment>;

Result<Assignments> from_file(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  // A stream calls it a failure to copy nothing, which is what an empty file has.
  const bool empty = in.peek() == std::ifstream::traits_type::eof() && in.eof();
  if (!empty && !(text << in.rdbuf())) {
    return fail(ErrorCode::validation_error, "cannot read the configuration file " + file);
  }
  return read_yaml(text.str(), file);
}

// The older name first: the STUDIOSYNC_ one overrides it.
Assignments from_environment(const ConfigSources& sources) {
  Assignments found;
  const auto look_up = [&](const Setting& setting, const std::string& name) {
    if (auto text = sources.environment(name)) {
      found.push_back({std::string(setting.path), std::move(*text), name});
    }
  };
  for (const Setting& setting : settings()) {
    if (!setting.env_alias.empty()) look_up(setting, std::string(setting.env_alias));
    look_up(setting, env_name(setting));
  }
  return found;
}

// `--set` or a flag of `serve`: whose text it was is not told apart.
constexpr const char* command_line = "command line";

Result<Assignment> from_flag(std::string_view flag) {
  flag.remove_prefix(std::min(flag.find_first_not_of('-'), flag.size()));
  const std::size_t equals = flag.find('=');
  const std::string path(flag.substr(0, equals));
  if (find_setting(path) == nullptr) {
    const std::string_view near = nearest_setting(path);
    const std::string hint = near.empty() ? "" : "; did you mean " + std::string(near) + "?";
    return fail(ErrorCode::validation_error,
                path + ": unknown setting" + hint + " (" + command_line + ")", path);
  }
  if (equals == std::string_view::npos) {
    return fail(ErrorCode::validation_error, path + ": expected --set " + path + "=VALUE", path);
  }
  return Assignment{path, std::string(flag.substr(equals + 1)), command_line};
}

Result<Assignments> gather(const ConfigSources& sources) {
  Assignments all;
  if (!sources.yaml_file.empty()) {
    SS_ASSIGN(all, from_file(sources.yaml_file));
  }
  if (sources.environment) std::ranges::move(from_environment(sources), std::back_inserter(all));
  for (const std::string& flag : sources.overrides) {
    SS_ASSIGN(Assignment assignment, from_flag(flag));
    all.push_back(std::move(assignment));
  }
  return all;
}

Unexpected at(const Error& error, const std::string& origin) {
  std::string message = error.path + ": " + error.message;
  if (!origin.empty()) message += " (" + origin + ")";
  return fail(error.code, std::move(message), error.path);
}

}  // namespace

Result<Config> load_config(const ConfigSources& sources, Purpose purpose) {
  SS_ASSIGN(const Assignments all, gather(sources));
  Config config;
  std::map<std::string, std::string> origins;
  for (const Assignment& a : all) {
    const auto assigned = assign(*find_setting(a.path), config, a.text);
    if (!assigned) return at(assigned.error(), a.origin);
    origins[a.path] = a.origin;
  }
  if (purpose == Purpose::data_folder) return config;
  if (const auto fits = check_config(config); !fits) {
    return at(fits.error(), origins[fits.error().path]);
  }
  return config;
}

}  // namespace studiosync::server
