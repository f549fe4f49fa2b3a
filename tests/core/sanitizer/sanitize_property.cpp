// Laws that hold the sanitizer and its validator together.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "core/sanitizer/sanitize.hpp"
#include "core/sanitizer/validator/check_clean.hpp"
#include "tests/core/sanitizer/key_cases.hpp"

namespace studiosync {
namespace {

// Most keys are uninteresting, so that one a case would need many cases.
constexpr int keys_a_case = 50;

// Keys composed of what credentials and their look-alikes are made of.
std::string any_key() {
  static const std::vector<std::string> parts{
      "pass",  "word",   "Pass",   "passwd", "pwd",    "secret",  "Key",    "key",     "keys",
      "api",   "token",  "tokens", "ssh",    "tls",    "cert",    "auth",   "jwt",     "name",
      "value", "s",      "id",     "hash",   "pem",    "header",  "policy", "path",    "type",
      "db",    "com",    "count",  "bearer", "access", "session", "client", "account", "material",
      "user",  "cookie", "old",    "2",      "64",     "base",    "ä",      "private"};
  static const std::vector<std::string> separators{"", "", "_", "-", ".", " "};
  std::string key;
  const auto count = *rc::gen::inRange(1, 5);
  for (int i = 0; i < count; ++i) {
    if (i > 0) key += *rc::gen::elementOf(separators);
    key += *rc::gen::elementOf(parts);
  }
  return key;
}

Json any_tree(int depth) {
  const auto kind = *rc::gen::inRange(0, depth > 0 ? 5 : 3);
  if (kind == 0) return Json(any_key());
  if (kind == 1) return Json(*rc::gen::inRange(0, 100));
  if (kind == 2) return Json(*rc::gen::arbitrary<bool>());
  const auto count = *rc::gen::inRange(0, 4);
  Json tree = kind == 3 ? Json::array() : Json::object();
  for (int i = 0; i < count; ++i) {
    if (kind == 3) {
      tree.push_back(any_tree(depth - 1));
    } else {
      tree.set(any_key(), any_tree(depth - 1));
    }
  }
  // A setting as a pair, which chance alone would hardly ever make.
  if (kind == 4) tree.set("name", any_key()).set("value", any_tree(depth - 1));
  return tree;
}

Json any_record() {
  Json record = Json::object().set("name", "n").set("metadata", any_tree(4));
  record.set("value", any_tree(2)).set("key", any_key());
  return record.set(any_key(), any_tree(2));
}

const EntitySpec& any_spec() {
  return spec_of(*rc::gen::elementOf(user_entity_types));
}

RC_GTEST_PROP(Sanitize, LeavesNothingThatTheValidatorRefuses, ()) {
  Json record = any_record();
  sanitize(any_spec(), record);
  const auto verdict = check_clean(record.canonical());
  RC_ASSERT(verdict.has_value());
}

RC_GTEST_PROP(Sanitize, IsIdempotent, ()) {
  const EntitySpec& spec = any_spec();
  Json once = any_record();
  sanitize(spec, once);
  Json twice = once;
  RC_ASSERT(sanitize(spec, twice).empty());
  RC_ASSERT(twice == once);
}

RC_GTEST_PROP(Sanitize, ChangesNothingWhereItFindsNothing, ()) {
  const Json before = any_record();
  Json after = before;
  const bool found = !sanitize(any_spec(), after).empty();
  RC_ASSERT(found == (after != before));
}

RC_GTEST_PROP(CheckClean, RefusesNoKeyThatTheSanitizerWouldKeep, ()) {
  for (int i = 0; i < keys_a_case; ++i) {
    Json record = *parse_json(record_with(any_key()));
    const bool kept = sanitize(any_spec(), record).empty();
    RC_ASSERT(!kept || check_clean(record.canonical()).has_value());
  }
}

}  // namespace
}  // namespace studiosync
