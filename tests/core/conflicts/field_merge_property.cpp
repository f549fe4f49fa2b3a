// The laws of the merge rules: symmetrical, and a side merged into its own result changes nothing.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "core/conflicts/field_merge.hpp"
#include "tests/core/conflicts/builders.hpp"
#include "tests/core/conflicts/generators.hpp"

namespace studiosync {
namespace {

using namespace testing;

struct Value {
  std::optional<std::string> text;
  Origin origin;
};

FieldSide side(const Value& value) {
  return {value.text ? &*value.text : nullptr, value.origin};
}

FieldSpec any_rule() {
  return {.name = "field",
          .bytes_max = *rc::gen::element<std::size_t>(0, 5),
          .merge = *rc::gen::element(MergeRule::newest, MergeRule::set_union, MergeRule::maximum,
                                     MergeRule::longer_text, MergeRule::deep_object)};
}

std::string text_of(const Value& value) {
  return value.text.value_or("removed") + " at " + to_string(value.origin.stamp);
}

// Whatever stands in any field: rules meet values that they are not made for, too.
Value any_value(char letter) {
  Value value{std::nullopt, origin(letter, 1, *rc::gen::inRange(1, 4))};
  const Fields fields = any_fields();
  if (fields.empty()) return value;
  const auto nth = *rc::gen::inRange<std::ptrdiff_t>(0, static_cast<std::ptrdiff_t>(fields.size()));
  value.text = std::next(fields.begin(), nth)->second;
  return value;
}

Value merged(const FieldSpec& rule, const Value& stored, const Value& incoming) {
  const Merged result = merge_values(&rule, side(stored), side(incoming));
  switch (result.winner) {
    case Merged::Winner::stored:
      return stored;
    case Merged::Winner::incoming:
      return incoming;
    case Merged::Winner::neither:
      break;
  }
  return {result.value, {{}, {}, std::max(stored.origin.stamp, incoming.origin.stamp).next()}};
}

RC_GTEST_PROP(FieldMergeProperty, IsTheSameWhicheverSideIsStored, ()) {
  const FieldSpec rule = any_rule();
  const Value one = any_value('a');
  const Value other = any_value('b');
  RC_ASSERT(merged(rule, one, other).text == merged(rule, other, one).text);
}

RC_GTEST_PROP(FieldMergeProperty, ASideMergedIntoTheResultChangesNothing, ()) {
  const FieldSpec rule = any_rule();
  const Value one = any_value('a');
  const Value other = any_value('b');
  const Value result = merged(rule, one, other);
  RC_LOG() << "rule " << static_cast<int>(rule.merge) << ": " << text_of(one) << ", "
           << text_of(other) << " make " << text_of(result) << '\n';
  RC_ASSERT(merged(rule, result, one).text == result.text);
  RC_ASSERT(merged(rule, result, other).text == result.text);
}

}  // namespace
}  // namespace studiosync
