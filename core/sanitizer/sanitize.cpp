#include "core/sanitizer/sanitize.hpp"

#include <algorithm>
#include <utility>

#include "core/base/check.hpp"
#include "core/sanitizer/value/keys.hpp"
#include "core/schema/json_path.hpp"

namespace studiosync {
namespace {

constexpr std::string_view key_rule = "structural.key";
constexpr std::string_view pair_rule = "structural.pair";

// Whether one member of an object says that another holds a credential.
bool is_credential_pair(const Json::Object& members) {
  return std::any_of(members.begin(), members.end(), [](const Json::Member& member) {
    return member.value.is_string() && holds_pair_name(member.key) &&
           names_credential(member.value.as_string());
  });
}

// `remember_password = true` is a setting; a number may be a PIN.
bool can_be_secret(const Json& value) {
  return !value.is_bool() && !value.is_null();
}

// Walks one record. The parser bounds the depth, so recursion is safe.
class Cleaner {
 public:
  explicit Cleaner(const EntitySpec& spec) : spec_(spec) {}

  void clean_record(Json& data) {
    expand(data);
    if (!data.is_object()) return clean(data, "", "$");
    for (Json::Member& member : data.members()) expand(member.value);
    const bool pair = is_credential_pair(data.members());
    std::erase_if(data.members(), [&](const Json::Member& member) {
      // The registry's own names are no credentials, whatever they sound like.
      const bool known = find_field(spec_, member.key) != nullptr;
      return (!known && drop_by_key("", member, "$")) || (pair && drop_by_pair(member, "$"));
    });
    clean_members(data, "$");
  }

  std::vector<Finding> take_findings() { return std::move(findings_); }

 private:
  void clean(Json& value, std::string_view parent, const std::string& path) {
    expand(value);
    if (value.is_object()) clean_object(value, parent, path);
    if (!value.is_array()) return;
    for (std::size_t i = 0; i < value.items().size(); ++i) {
      clean(value.items()[i], parent, element_path(path, i));
    }
  }

  void clean_object(Json& object, std::string_view parent, const std::string& path) {
    const bool pair = is_credential_pair(object.members());
    std::erase_if(object.members(), [&](const Json::Member& member) {
      return drop_by_key(parent, member, path) || (pair && drop_by_pair(member, path));
    });
    clean_members(object, path);
  }

  void clean_members(Json& object, const std::string& path) {
    for (Json::Member& member : object.members()) {
      if (member.value.is_string() || member.value.is_number()) continue;
      clean(member.value, member.key, member_path(path, member.key));
    }
  }

  bool drop_by_key(std::string_view parent, const Json::Member& member, const std::string& path) {
    if (!names_credential(member.key) && !names_credential_within(parent, member.key)) return false;
    findings_.push_back({std::string(key_rule), member_path(path, member.key)});
    return true;
  }

  bool drop_by_pair(const Json::Member& member, const std::string& path) {
    if (!holds_pair_value(member.key) || !can_be_secret(member.value)) return false;
    findings_.push_back({std::string(pair_rule), member_path(path, member.key)});
    return true;
  }

  // Spliced text is taken apart: what was not looked into could hide anything.
  static void expand(Json& value) {
    if (!value.is_raw()) return;
    auto parsed = parse_json(value.raw_text());
    SS_CHECK(parsed.has_value());
    value = *std::move(parsed);
  }

  const EntitySpec& spec_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> sanitize(const EntitySpec& spec, Json& data) {
  Cleaner cleaner(spec);
  cleaner.clean_record(data);
  return cleaner.take_findings();
}

}  // namespace studiosync
