// What holds for every record, every edit and every strategy.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <set>

#include "core/conflicts/resolve.hpp"
#include "tests/core/conflicts/builders.hpp"
#include "tests/core/conflicts/generators.hpp"

namespace studiosync {
namespace {

using namespace testing;

// Any version up to one that does not exist yet.
Version any_base(const Record& stored) {
  return Version{*rc::gen::inRange<std::uint64_t>(0, stored.rev.version.value + 2)};
}

// What three replicas made of version 1, none knowing of the others.
struct ThreeEdits {
  Setting setting = any_setting();
  Record first = any_first_version(setting.type);
  std::array<Incoming, 3> changes{any_change(first, Version{1}, 'b', 2),
                                  any_change(first, Version{1}, 'c', 3),
                                  any_change(first, Version{1}, 'd', 4)};
};

// Everything that is left of a run: what somebody could still find.
struct Remains {
  Record record;
  std::vector<Fields> contents;  // of the record, copies, and both sides of every conflict
  std::set<std::string> copy_ids;
  std::string story;
};

void keep(Remains& remains, const std::string& content) {
  if (!content.empty()) remains.contents.push_back(Fields::from_content(content));
}

Remains arrive(const ThreeEdits& edits, const std::array<std::size_t, 3>& order) {
  Remains remains{edits.first, {}, {}, {}};
  for (const std::size_t i : order) {
    const Outcome outcome = resolve(&remains.record, edits.changes[i], edits.setting.strategy);
    remains.record = stored_after(remains.record, outcome);
    remains.story += text_of(outcome) + '\n';
    if (outcome.copy) {
      keep(remains, outcome.copy->content);
      remains.copy_ids.insert(outcome.copy->id);
    }
    if (outcome.conflict) {
      keep(remains, outcome.conflict->local.content);
      keep(remains, outcome.conflict->remote.content);
    }
  }
  keep(remains, remains.record.content);
  return remains;
}

constexpr std::array<std::array<std::size_t, 3>, 6> orders{
    {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}}};

bool found(const Remains& remains, const Fields::Entry& wanted) {
  return std::ranges::any_of(remains.contents, [&](const Fields& content) {
    const std::string* value = content.find(wanted.first);
    return value != nullptr && *value == wanted.second;
  });
}

RC_GTEST_PROP(ResolveProperty, EveryLosingValueSurvivesInAnyOrderOfArrival, ()) {
  const ThreeEdits edits;
  for (const auto& order : orders) {
    const Remains remains = arrive(edits, order);
    RC_LOG() << edits.first.content << '\n' << remains.story;
    for (const Incoming& change : edits.changes) {
      for (const auto& value : values_set_by(change, edits.first)) RC_ASSERT(found(remains, value));
    }
  }
}

RC_GTEST_PROP(ResolveProperty, OneOrderOfArrivalGivesOneResult, ()) {
  const ThreeEdits edits;
  for (const auto& order : orders) {
    RC_ASSERT(arrive(edits, order).story == arrive(edits, order).story);
  }
}

RC_GTEST_PROP(ResolveProperty, NoOrderOfArrivalMakesMoreThanOneCopyOfAChange, ()) {
  const ThreeEdits edits;
  std::set<std::string> copy_ids;
  for (const auto& order : orders) copy_ids.merge(arrive(edits, order).copy_ids);
  RC_ASSERT(copy_ids.size() <= edits.changes.size());
}

RC_GTEST_PROP(ResolveProperty, TheSameChangeAgainChangesNothing, ()) {
  const Setting setting = any_setting();
  const Record stored = any_stored(setting);
  const Incoming change = any_change(stored, any_base(stored), *rc::gen::element('b', 'd'), 9);
  const Outcome first = resolve(&stored, change, setting.strategy);
  const Record after = stored_after(stored, first);
  const Outcome second = resolve(&after, change, setting.strategy);
  RC_LOG() << stored.content << '\n' << text_of(first) << '\n' << text_of(second);

  RC_ASSERT(!second.record);
  if (first.status == Status::applied || first.status == Status::merged) {
    RC_ASSERT(second.status == Status::unchanged);
  }
  RC_ASSERT(first.copy.has_value() == second.copy.has_value());
  if (first.copy) RC_ASSERT(first.copy->id == second.copy->id);
  if (first.conflict && second.conflict) RC_ASSERT(first.conflict->id == second.conflict->id);
}

RC_GTEST_PROP(ResolveProperty, VersionsAndStampsRise, ()) {
  const Setting setting = any_setting();
  const Record stored = any_stored(setting);
  const Incoming change = any_change(stored, any_base(stored), 'b', 9);
  const Outcome outcome = resolve(&stored, change, setting.strategy);
  RC_PRE(outcome.record.has_value());
  RC_ASSERT(outcome.record->rev.version == stored.rev.version.next());
  RC_ASSERT(outcome.record->origin.stamp > stored.origin.stamp);
}

RC_GTEST_PROP(ResolveProperty, NoFieldIsNewerThanItsRecordNorNamedTwice, ()) {
  const Record stored = any_stored(any_setting());
  for (const FieldVersion& change : stored.field_versions) {
    RC_ASSERT(change.version <= stored.rev.version);
    RC_ASSERT(std::ranges::count(stored.field_versions, change.field, &FieldVersion::field) == 1);
  }
  RC_ASSERT(std::ranges::is_sorted(stored.field_versions, {}, &FieldVersion::field));
}

RC_GTEST_PROP(ResolveProperty, EqualContentIsNeverAConflict, ()) {
  const Setting setting = any_setting();
  const Record stored = any_stored(setting);
  RC_PRE(!stored.deleted);
  Incoming change = any_upsert(stored, any_base(stored), 'd', 9);
  RC_PRE(change.base <= stored.rev.version);
  change.fields = fields(stored.content);
  const Outcome outcome = resolve(&stored, change, setting.strategy);
  RC_ASSERT(outcome.status == Status::unchanged);
  RC_ASSERT(!outcome.record && !outcome.copy && !outcome.conflict);
}

RC_GTEST_PROP(ResolveProperty, TheEditorOfTheStoredVersionAlwaysGetsItsWay, ()) {
  const Setting setting = any_setting();
  RC_PRE(setting.type != EntityType::ai_message);
  const Record stored = any_stored(setting);
  const Incoming change = any_change(stored, stored.rev.version, 'd', 9);
  const Outcome outcome = resolve(&stored, change, setting.strategy);
  RC_ASSERT(!outcome.conflict);
  const Record after = stored_after(stored, outcome);
  if (change.action == Action::remove) {
    RC_ASSERT(after.deleted);
  } else {
    RC_ASSERT(!after.deleted);
    for (const auto& [field, value] : values_set_by(change, stored)) {
      RC_ASSERT(*Fields::from_content(after.content).find(field) == value);
    }
  }
}

RC_GTEST_PROP(ResolveProperty, EditsOfDisjointFieldsNeverConflict, ()) {
  const Setting setting = any_setting();
  RC_PRE(setting.type != EntityType::ai_message);
  const Record first = any_first_version(setting.type);
  const Incoming one = any_upsert(first, Version{1}, 'b', 2);
  Incoming other = any_upsert(first, Version{1}, 'c', 3);
  const auto touches = [](const Incoming& change, const std::string& field) {
    return change.changed ? std::ranges::count(*change.changed, field) > 0
                          : change.fields.find(field) != nullptr;
  };
  for (const char* field :
       {"name", "title", "summary", "token_count", "tags", "metadata", "mood"}) {
    RC_PRE(!touches(one, field) || !touches(other, field));
  }

  const auto in_order = [&](const Incoming& a, const Incoming& b) {
    const Record middle = stored_after(first, resolve(&first, a, setting.strategy));
    const Outcome last = resolve(&middle, b, setting.strategy);
    RC_ASSERT(last.status != Status::conflict);
    return stored_after(middle, last).content;
  };
  RC_ASSERT(in_order(one, other) == in_order(other, one));
}

RC_GTEST_PROP(ResolveProperty, NothingComesBackAfterAPrivateDelete, ()) {
  const Setting setting = any_setting();
  const Record stored = any_stored(setting);
  Incoming removal = deletion(0, origin('d', 8, 1));
  removal.type = stored.type;
  removal.reason = reason_private;
  const Record gone = stored_after(stored, resolve(&stored, removal, setting.strategy));
  RC_ASSERT(gone.deleted && gone.reason == reason_private);
  const Outcome outcome =
      resolve(&gone, any_change(gone, any_base(gone), 'b', 9), setting.strategy);
  RC_ASSERT(outcome.status == Status::unchanged || outcome.status == Status::rejected);
  RC_ASSERT(!outcome.record && !outcome.copy && !outcome.conflict);
}

}  // namespace
}  // namespace studiosync
