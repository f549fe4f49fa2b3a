#include "server/config/print_config.hpp"

#include "server/config/settings.hpp"

namespace studiosync::server {
namespace {

constexpr std::string_view mask = "********";

std::string_view section_of(std::string_view path) {
  const std::size_t dot = path.find('.');
  return dot == std::string_view::npos ? std::string_view{} : path.substr(0, dot);
}

// Double-quoted YAML style takes any text.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

std::string masked_value(const Setting& setting, const Config& config) {
  std::string text = value_text(setting, config);
  return setting.secret && !text.empty() ? std::string(mask) : text;
}

std::string code(const std::string& text) {
  return text.empty() ? std::string{} : "`" + text + "`";
}

std::string table_row(const Setting& setting) {
  std::string variables = code(env_name(setting));
  if (!setting.env_alias.empty()) variables += ", " + code(std::string(setting.env_alias));
  const std::string kind = type_text(setting) + (setting.secret ? ", secret" : "");
  return "| " + code(std::string(setting.path)) + " | " + code(value_text(setting, Config{})) +
         " | " + kind + " | " + std::string(setting.meaning) + " | " + variables + " |\n";
}

constexpr std::string_view page_head = R"(# Configuration of syncd

A setting is looked up, in rising precedence, in: the defaults below, the YAML file of `--config`,
the environment, `--set SETTING=VALUE`, other flags (`--data`, `--port`, …). In YAML the part before
the dot is a section. A list is text with commas between its items, in YAML a sequence, too.
`syncd config` prints what is in force, with secrets masked. An unknown key of the file or of
`--set` is an error, an unknown environment variable is not.

This page is made from the table in `server/config/settings.cpp`; a test compares the two.

| setting | default | type | meaning | environment |
|---|---|---|---|---|
)";

}  // namespace

std::string config_yaml(const Config& config) {
  std::string out;
  std::string_view section;
  for (const Setting& setting : settings()) {
    const std::string_view own = section_of(setting.path);
    if (own != section) out.append(own).append(":\n");
    section = own;
    const std::string_view key = own.empty() ? setting.path : setting.path.substr(own.size() + 1);
    out.append(own.empty() ? "" : "  ").append(key).append(": ");
    out.append(quoted(masked_value(setting, config))).append("\n");
  }
  return out;
}

std::string config_markdown() {
  std::string page(page_head);
  for (const Setting& setting : settings()) page += table_row(setting);
  return page;
}

}  // namespace studiosync::server
