#include "core/schema/registry.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "core/base/json.hpp"
#include "core/schema/field_check.hpp"

namespace studiosync {
namespace {

TEST(EntityType, EveryWireNameReadsBackAsItsType) {
  for (const EntityType type : user_entity_types) {
    EXPECT_EQ(parse_entity_type(to_string(type)), type);
    EXPECT_EQ(entity_type_from(static_cast<std::int64_t>(type)), type);
  }
  EXPECT_EQ(parse_entity_type("conflict"), EntityType::conflict);
}

TEST(EntityType, AnUnknownNameOrNumberIsNothing) {
  EXPECT_EQ(parse_entity_type("connections"), std::nullopt);
  EXPECT_EQ(parse_entity_type(""), std::nullopt);
  EXPECT_EQ(entity_type_from(0), std::nullopt);
  EXPECT_EQ(entity_type_from(257), std::nullopt);  // 1 after a cut to eight bits
}

TEST(Registry, HasEveryTypeInUploadOrder) {
  ASSERT_EQ(registry().size(), user_entity_types.size());
  for (std::size_t i = 0; i < registry().size(); ++i) {
    EXPECT_EQ(registry()[i].type, user_entity_types[i]);
    EXPECT_EQ(registry()[i].wire_name, to_string(user_entity_types[i]));
    EXPECT_EQ(&spec_of(user_entity_types[i]), &registry()[i]);
  }
}

TEST(Registry, NoNameOrAliasOfAnEntityIsUsedTwice) {
  for (const EntitySpec& spec : registry()) {
    std::set<std::string_view> names;
    for (const FieldSpec& field : spec.fields) {
      EXPECT_TRUE(names.insert(field.name).second) << field.name;
      if (field.alias.empty()) continue;
      EXPECT_TRUE(names.insert(field.alias).second) << field.alias;
    }
  }
}

TEST(Registry, DefaultsAreCanonicalAndValid) {
  for (const EntitySpec& spec : registry()) {
    for (const FieldSpec& field : spec.fields) {
      if (field.default_value.empty()) continue;
      auto value = parse_json(field.default_value);
      ASSERT_TRUE(value.has_value()) << field.name;
      EXPECT_EQ(value->canonical(), field.default_value);
      EXPECT_TRUE(check_field(field, *value, "$").has_value()) << field.name;
    }
  }
}

TEST(Registry, CopiesAreAllowedOnlyWhereThereIsANameToChange) {
  for (const EntitySpec& spec : registry()) {
    EXPECT_EQ(spec.copies_allowed, !spec.name_field.empty()) << spec.wire_name;
    EXPECT_EQ(spec.copies_allowed, find_field(spec, spec.name_field) != nullptr);
  }
}

TEST(Registry, ParentsComeBeforeTheirChildren) {
  for (const EntitySpec& spec : registry()) {
    if (spec.parent_field.empty()) continue;
    EXPECT_LT(spec.parent, spec.type);
    ASSERT_NE(find_field(spec, spec.parent_field), nullptr);
    EXPECT_EQ(find_field(spec, spec.parent_field)->kind, Kind::reference);
  }
}

TEST(Registry, FindsAFieldByNameOrAlias) {
  const EntitySpec& spec = spec_of(EntityType::saved_query);
  ASSERT_NE(find_field(spec, "title"), nullptr);
  EXPECT_EQ(find_field(spec, "title")->name, "name");
  EXPECT_EQ(find_field(spec, "query_text")->name, "query");
  EXPECT_EQ(find_field(spec, "folder")->name, "folder");
  EXPECT_EQ(find_field(spec, "password"), nullptr);
  EXPECT_EQ(find_field(spec, ""), nullptr);
}

TEST(Registry, AsksForADecisionOnlyWhereARecordCanBeChanged) {
  EXPECT_TRUE(strategy_allowed(spec_of(EntityType::connection), Strategy::keep_both));
  EXPECT_TRUE(strategy_allowed(spec_of(EntityType::query_history), Strategy::user_choice));
  EXPECT_FALSE(strategy_allowed(spec_of(EntityType::query_history), Strategy::keep_both));
  EXPECT_FALSE(strategy_allowed(spec_of(EntityType::preference), Strategy::keep_both));
  EXPECT_TRUE(strategy_allowed(spec_of(EntityType::ai_message), Strategy::merge));
  EXPECT_FALSE(strategy_allowed(spec_of(EntityType::ai_message), Strategy::last_write_wins));
}

TEST(Strategy, EveryNameReadsBack) {
  for (const Strategy strategy :
       {Strategy::last_write_wins, Strategy::keep_both, Strategy::merge, Strategy::user_choice}) {
    EXPECT_EQ(parse_strategy(to_string(strategy)), strategy);
  }
  EXPECT_EQ(parse_strategy("newest"), std::nullopt);
}

TEST(RegistryDeathTest, HasNoEntryForTheInternalConflict) {
  EXPECT_DEATH(spec_of(EntityType::conflict), "");
}

}  // namespace
}  // namespace studiosync
