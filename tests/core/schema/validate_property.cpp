// Laws of validation, over records that are right and records with some members damaged.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/schema/sample.hpp"
#include "core/schema/validate.hpp"

namespace studiosync {
namespace {

constexpr WallTime now{1'769'860'800'000};

rc::Gen<Json> odd_value() {
  return rc::gen::element(Json(), Json(true), Json(-1), Json(65536), Json(2.0), Json(2.5), Json(""),
                          Json("x"), Json("2026-01-31T12:00:00Z"), Json::array(), Json::object(),
                          Json(Json::Array{"a", "a", "b"}), Json(Json::Array{1, Json()}));
}

// A sample of any type, with up to three of its known or unknown members replaced.
Sample damaged_sample() {
  Random random(*rc::gen::arbitrary<std::uint64_t>());
  Sampler sampler(random, now);
  Sample sample = sampler.next(*rc::gen::elementOf(user_entity_types));
  const EntitySpec& spec = spec_of(sample.type);
  const auto damages = *rc::gen::inRange(0, 4);
  for (int i = 0; i < damages; ++i) {
    const auto at = *rc::gen::inRange<std::size_t>(0, spec.fields.size() + 2);
    std::string key = at < spec.fields.size()    ? std::string(spec.fields[at].name)
                      : at == spec.fields.size() ? "title"
                                                 : "unknown";
    sample.data.set(std::move(key), *odd_value());
  }
  return sample;
}

Completeness any_completeness() {
  return *rc::gen::element(Completeness::whole, Completeness::partial);
}

RC_GTEST_PROP(Validate, IsIdempotent, ()) {
  const Sample sample = damaged_sample();
  const Completeness completeness = any_completeness();
  const EntitySpec& spec = spec_of(sample.type);
  const auto once = validate(spec, sample.id, sample.data, completeness);
  RC_PRE(once.has_value());
  const auto content = parse_json(once->content());
  RC_ASSERT(content.has_value());
  const auto twice = validate(spec, sample.id, *content, completeness);
  RC_ASSERT(twice.has_value());
  RC_ASSERT(*twice == *once);
}

RC_GTEST_PROP(Validate, EitherStoresAWholeRecordOrNamesAPathBelowTheData, ()) {
  const Sample sample = damaged_sample();
  const EntitySpec& spec = spec_of(sample.type);
  const auto fields = validate(spec, sample.id, sample.data, Completeness::whole);
  if (!fields) {
    RC_ASSERT(fields.error().code == ErrorCode::validation_error);
    RC_ASSERT(fields.error().path.starts_with("$.data"));
    return;
  }
  for (const FieldSpec& field : spec.fields) {
    const bool present = fields->find(field.name) != nullptr;
    RC_ASSERT(present || (!field.required && field.default_value.empty()));
  }
  for (const auto& [key, value] : *fields) RC_ASSERT(value != "null");
}

}  // namespace
}  // namespace studiosync
