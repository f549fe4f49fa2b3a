#include "core/sanitizer/sanitize.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/check.hpp"
#include "core/sanitizer/redact.hpp"
#include "core/sanitizer/value/keys.hpp"
#include "core/schema/json_path.hpp"

namespace studiosync {
namespace {

constexpr Rule key_rule{
    .id = "structural.key",
    .title = "Member whose key names a credential",
    .why = "Settings keep passwords, tokens and keys under names that say so, at any depth.",
    .example = R"({"metadata":{"ssh":{"password":"mw8Ld2xq"}}})"};

constexpr Rule pair_rule{
    .id = "structural.pair",
    .title = "Setting written as a pair of name and value",
    .why = "Lists of settings name the credential in one member and hold it in the next.",
    .example = R"({"parameters":[{"name":"password","value":"mw8Ld2xq"}]})"};

constexpr Rule secret_key_rule{
    .id = "structural.secret_as_key",
    .title = "Key that is itself a credential",
    .why =
        "Maps are keyed by anything, by tokens and connection strings too; the member is removed.",
    .example = R"({"metadata":{"AKIAQ3EGRW5TYHN2LKXZ":"reporting"}})"};

constexpr std::array all_rules{&key_rule, &pair_rule, &secret_key_rule};

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
    for (Json::Member& member : data.members()) {
      const FieldSpec* field = find_field(spec_, member.key);
      const bool sql = field != nullptr && field->sanitize == SanitizeRule::sql;
      clean(member.value, member.key, member_path("$", member.key),
            sql ? TextAs::sql : TextAs::text);
    }
  }

  std::vector<Finding> take_findings() { return std::move(findings_); }

 private:
  void clean(Json& value, std::string_view parent, const std::string& path,
             TextAs as = TextAs::text) {
    expand(value);
    if (value.is_string()) clean_string(value, path, as);
    if (value.is_object()) clean_object(value, parent, path);
    if (!value.is_array()) return;
    for (std::size_t i = 0; i < value.items().size(); ++i) {
      clean(value.items()[i], parent, element_path(path, i), as);
    }
  }

  void clean_string(Json& value, const std::string& path, TextAs as) {
    auto cleaned = clean_text(value.as_string(), as);
    if (!cleaned) return;
    for (const Hit& hit : cleaned->hits) report(*hit.rule, path);
    value = std::move(cleaned->text);
  }

  void clean_object(Json& object, std::string_view parent, const std::string& path) {
    const bool pair = is_credential_pair(object.members());
    std::erase_if(object.members(), [&](const Json::Member& member) {
      return drop_by_key(parent, member, path) || (pair && drop_by_pair(member, path));
    });
    for (Json::Member& member : object.members()) {
      if (member.value.is_number()) continue;
      clean(member.value, member.key, member_path(path, member.key));
    }
  }

  bool drop_by_key(std::string_view parent, const Json::Member& member, const std::string& path) {
    if (names_credential(member.key) || names_credential_within(parent, member.key)) {
      report(key_rule, member_path(path, member.key));
      return true;
    }
    if (scan(member.key, TextAs::text).empty()) return false;
    report(secret_key_rule, member_path(path, redaction_mark));
    return true;
  }

  bool drop_by_pair(const Json::Member& member, const std::string& path) {
    if (!holds_pair_value(member.key) || !can_be_secret(member.value)) return false;
    report(pair_rule, member_path(path, member.key));
    return true;
  }

  // Several of one rule at one place are one finding with a count.
  void report(const Rule& rule, const std::string& path) {
    for (auto known = findings_.rbegin(); known != findings_.rend(); ++known) {
      if (known->path != path) break;
      if (known->rule != rule.id) continue;
      ++known->count;
      return;
    }
    findings_.push_back({std::string(rule.id), path});
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

std::span<const Rule* const> structural_rules() noexcept {
  return all_rules;
}

std::vector<Finding> sanitize(const EntitySpec& spec, Json& data) {
  Cleaner cleaner(spec);
  cleaner.clean_record(data);
  return cleaner.take_findings();
}

}  // namespace studiosync
