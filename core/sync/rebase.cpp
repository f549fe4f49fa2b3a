#include "core/sync/rebase.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include "core/base/zoo.hpp"

namespace studiosync {
namespace {

// The field as `from` has it, or without it.
void copy_field(Fields& into, const Fields& from, const std::string& key) {
  const std::string* value = from.find(key);
  if (value != nullptr) {
    into.set(key, *value);
  } else {
    into.erase(key);
  }
}

}  // namespace

Fields fields_of(std::string_view content) {
  return content.empty() ? Fields{} : Fields::from_content(content);
}

std::string_view value_of(const Fields& fields, std::string_view key) {
  const std::string* value = fields.find(key);
  return value == nullptr ? std::string_view() : *value;
}

std::string rebase(const RebaseInput& input, const std::vector<std::string>& changed) {
  // There is nothing to put fields onto: an edit brings the record back as its user sees it.
  if (input.new_shadow.empty()) return std::string(changed.empty() ? "" : input.local);
  if (changed.empty() && input.local == input.old_shadow) return std::string(input.new_shadow);
  const Fields local = fields_of(input.local);
  const Fields before = fields_of(input.old_shadow);
  const Fields after = fields_of(input.new_shadow);
  Fields result = after;
  for (const auto& [key, value] : local) {
    if (value_of(before, key) == value_of(after, key)) copy_field(result, local, key);
    if (SS_ZOO(rebase_prefers_the_old)) copy_field(result, local, key);
  }
  for (const std::string& key : changed) copy_field(result, local, key);
  return result.content();
}

std::string with_fields(const std::string& content, const std::vector<std::string>& names,
                        std::string_view other) {
  if (names.empty()) return content;
  Fields fields = fields_of(content);
  const Fields from = fields_of(other);
  for (const std::string& name : names) copy_field(fields, from, name);
  return fields.content();
}

std::vector<std::string> changed_keys(const Fields& before, const Fields& after) {
  std::set<std::string> keys;
  for (const auto& [key, value] : before) {
    if (value_of(after, key) != value) keys.insert(key);
  }
  for (const auto& [key, value] : after) {
    if (before.find(key) == nullptr) keys.insert(key);
  }
  return {keys.begin(), keys.end()};
}

std::vector<std::string> join(const std::vector<std::string>& a,
                              const std::vector<std::string>& b) {
  std::vector<std::string> all;
  std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(all));
  return all;
}

}  // namespace studiosync
