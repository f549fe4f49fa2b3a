#include "core/sanitizer/sanitize.hpp"

#include <algorithm>
#include <array>
#include <optional>
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

// `remember_password = true` is a setting; a number may be a PIN.
bool can_be_secret(const Json& value) {
  return !value.is_bool() && !value.is_null();
}

bool is_pair_value(const Json::Member& member) {
  return can_be_secret(member.value) && holds_pair_value(member.key);
}

// Whether one member of an object says that another holds a credential. The value is looked for
// first: hardly a record has one, and most have a name.
bool is_credential_pair(const Json::Object& members) {
  if (std::none_of(members.begin(), members.end(), is_pair_value)) return false;
  return std::any_of(members.begin(), members.end(), [](const Json::Member& member) {
    return member.value.is_string() && holds_pair_name(member.key) &&
           names_credential(member.value.as_string());
  });
}

// Where the walk is. Written out only when something is found there: most records have nothing.
struct Place {
  const Place* outer = nullptr;  // none: the record itself
  std::string_view key{};
  std::optional<std::size_t> index{};  // of an element; else a member's key

  Place member(std::string_view name) const { return {.outer = this, .key = name}; }
  Place element(std::size_t at) const { return {.outer = this, .index = at}; }
  std::string path() const {
    if (outer == nullptr) return "$";
    return index ? element_path(outer->path(), *index) : member_path(outer->path(), key);
  }
};

// Walks one record. The parser bounds the depth, so recursion is safe.
class Cleaner {
 public:
  explicit Cleaner(const EntitySpec& spec) : spec_(spec) {}

  void clean_record(Json& data) {
    expand(data);
    const Place record;
    if (!data.is_object()) return clean(data, "", record);
    for (Json::Member& member : data.members()) expand(member.value);
    const bool pair = is_credential_pair(data.members());
    std::erase_if(data.members(), [&](const Json::Member& member) {
      // The registry's own names are no credentials, whatever they sound like.
      const bool known = find_field(spec_, member.key) != nullptr;
      return (!known && drop_by_key("", member, record)) || (pair && drop_by_pair(member, record));
    });
    for (Json::Member& member : data.members()) {
      const FieldSpec* field = find_field(spec_, member.key);
      const bool sql = field != nullptr && field->sanitize == SanitizeRule::sql;
      clean(member.value, member.key, record.member(member.key), sql ? TextAs::sql : TextAs::text);
    }
  }

  std::vector<Finding> take_findings() { return std::move(findings_); }

 private:
  void clean(Json& value, std::string_view parent, const Place& place, TextAs as = TextAs::text) {
    expand(value);
    if (value.is_string()) clean_string(value, place, as);
    if (value.is_object()) clean_object(value, parent, place);
    if (!value.is_array()) return;
    for (std::size_t i = 0; i < value.items().size(); ++i) {
      clean(value.items()[i], parent, place.element(i), as);
    }
  }

  void clean_string(Json& value, const Place& place, TextAs as) {
    auto cleaned = clean_text(value.as_string(), as);
    if (!cleaned) return;
    const std::string path = place.path();
    for (const Hit& hit : cleaned->hits) report(*hit.rule, path);
    value = std::move(cleaned->text);
  }

  void clean_object(Json& object, std::string_view parent, const Place& place) {
    const bool pair = is_credential_pair(object.members());
    std::erase_if(object.members(), [&](const Json::Member& member) {
      return drop_by_key(parent, member, place) || (pair && drop_by_pair(member, place));
    });
    for (Json::Member& member : object.members()) {
      clean(member.value, member.key, place.member(member.key));
    }
  }

  bool drop_by_key(std::string_view parent, const Json::Member& member, const Place& place) {
    if (names_credential(member.key) || names_credential_within(parent, member.key)) {
      report(key_rule, place.member(member.key).path());
      return true;
    }
    // What the validator alone takes for a credential would keep the record from being stored.
    if (!clean_text(member.key, TextAs::text)) return false;
    report(secret_key_rule, place.member(redaction_mark).path());
    return true;
  }

  bool drop_by_pair(const Json::Member& member, const Place& place) {
    if (!is_pair_value(member)) return false;
    report(pair_rule, place.member(member.key).path());
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
