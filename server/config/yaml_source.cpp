#include "server/config/yaml_source.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>

#include "server/config/settings.hpp"

namespace studiosync::server {
namespace {

class Walker {
 public:
  explicit Walker(const std::string& file) : file_(file) {}

  Result<> section(const YAML::Node& node, const std::string& prefix) {
    if (node.IsNull()) return {};
    if (!node.IsMap())
      return refuse(node, prefix.empty() ? "the file" : prefix, "expected a section");
    for (const auto& member : node) SS_TRY(entry(member.first, member.second, prefix));
    return {};
  }

  std::vector<Assignment> take() { return std::move(found_); }

 private:
  Result<> entry(const YAML::Node& key, const YAML::Node& value, const std::string& prefix) {
    const std::string path = prefix.empty() ? key.Scalar() : prefix + "." + key.Scalar();
    if (find_setting(path) != nullptr) return setting(key, value, path);
    if (is_section(path)) return section(value, path);
    const std::string_view near = nearest_setting(path);
    return refuse(
        key, path,
        "unknown setting" + (near.empty() ? "" : "; did you mean " + std::string(near) + "?"));
  }

  Result<> setting(const YAML::Node& key, const YAML::Node& value, const std::string& path) {
    if (std::ranges::find(found_, path, &Assignment::path) != found_.end()) {
      return refuse(key, path, "given twice");
    }
    if (!value.IsScalar() && !value.IsSequence()) return refuse(key, path, "expected a value");
    std::string text;
    if (value.IsScalar()) {
      text = value.Scalar();
    } else {
      SS_ASSIGN(text, list(value, path));
    }
    found_.push_back({path, std::move(text), where(key)});
    return {};
  }

  // Its items with commas between, as on the command line.
  Result<std::string> list(const YAML::Node& items, const std::string& path) const {
    std::string text;
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (!items[i].IsScalar()) {
        return refuse(items[i], path + "[" + std::to_string(i) + "]", "expected a value");
      }
      text.append(text.empty() ? "" : ",").append(items[i].Scalar());
    }
    return text;
  }

  static bool is_section(const std::string& path) {
    return std::ranges::any_of(settings(),
                               [&](const Setting& s) { return s.path.starts_with(path + "."); });
  }

  std::string where(const YAML::Node& node) const {
    return file_ + ":" + std::to_string(node.Mark().line + 1);
  }

  Unexpected refuse(const YAML::Node& node, const std::string& path, const std::string& why) const {
    return fail(ErrorCode::validation_error, path + ": " + why + " (" + where(node) + ")", path);
  }

  const std::string& file_;
  std::vector<Assignment> found_;
};

}  // namespace

Result<std::vector<Assignment>> read_yaml(const std::string& text, const std::string& file) {
  try {
    Walker walker(file);
    SS_TRY(walker.section(YAML::Load(text), ""));
    return walker.take();
  } catch (const YAML::Exception& e) {
    return fail(ErrorCode::validation_error,
                file + ":" + std::to_string(e.mark.line + 1) + ": " + e.msg);
  }
}

}  // namespace studiosync::server
