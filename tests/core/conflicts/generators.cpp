#include "tests/core/conflicts/generators.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <sstream>

#include "tests/core/conflicts/builders.hpp"

namespace studiosync::testing {
namespace {

// One seed for every run, so that a red build is red again; RC_PARAMS in the environment overrides
// it.
class FixedSeed : public ::testing::Environment {
 public:
  void SetUp() override { setenv("RC_PARAMS", "seed=20240229 max_success=1000", 0); }
};
const auto* const fixed_seed = ::testing::AddGlobalTestEnvironment(new FixedSeed);

struct Pool {
  std::string_view field;
  std::array<std::string_view, 4> values;
};
// Every merge rule has a field that some type merges by it; `mood` is unknown to all.
constexpr std::array<Pool, 7> pools{{
    {"name", {R"("a")", R"("b")", R"j("b (conflicted copy - b)")j", R"("c")"}},
    {"title", {R"("a")", R"("b")", R"("")", "1"}},
    {"summary", {R"("a")", R"("ab")", R"("cde")", R"("f")"}},
    {"token_count", {"1", "2", "18446744073709551615", "-0.5"}},
    {"tags", {R"(["a"])", R"(["b","a"])", R"([])", R"("no list")"}},
    {"metadata", {R"({"x":1})", R"({"x":2,"y":{"p":1}})", R"({"y":{"p":2,"q":3}})", "7"}},
    {"mood", {"1", "2", "3", R"("")"}},
}};

int below(int bound) {
  return *rc::gen::inRange(0, bound);
}

bool once_in(int times) {
  return below(times) == times - 1;
}

const Pool& any_pool() {
  return pools[static_cast<std::size_t>(below(pools.size()))];
}

std::string any_value(const Pool& pool) {
  return std::string(pool.values[static_cast<std::size_t>(below(4))]);
}

Incoming blank_change(const Record& seen, Version base, char letter, std::uint8_t nth) {
  Incoming incoming;
  incoming.type = seen.type;
  incoming.id = seen.id;
  incoming.base = base;
  incoming.origin = origin(letter, nth, 1000 * (1 + below(4)));
  incoming.device = DeviceId{std::string(1, letter)};
  incoming.device_name = incoming.device.value;
  incoming.change = change(nth);
  incoming.change.bytes.front() = static_cast<std::uint8_t>(letter);
  return incoming;
}

Fields seen_fields(const Record& seen) {
  return seen.deleted ? Fields{} : Fields::from_content(seen.content);
}

void edit_as_engine(Incoming& incoming, const Record& seen) {
  incoming.fields = seen_fields(seen);
  incoming.changed.emplace();
  for (int edits = 1 + below(3); edits > 0; --edits) {
    const Pool& pool = any_pool();
    incoming.changed->emplace_back(pool.field);
    if (once_in(4)) {
      incoming.fields.erase(pool.field);
    } else {
      incoming.fields.set(std::string(pool.field), any_value(pool));
    }
  }
}

void edit_as_plain_client(Incoming& incoming) {
  incoming.origin.replica = {};
  incoming.origin.device_seq = {};
  for (int edits = 1 + below(3); edits > 0; --edits) {
    const Pool& pool = any_pool();
    incoming.fields.set(std::string(pool.field), once_in(4) ? "null" : any_value(pool));
  }
}

void tell(std::ostream& out, const std::optional<Record>& record) {
  if (!record) return;
  out << ' ' << record->id << " v" << record->rev.version.value << ' '
      << (record->deleted ? "deleted " + record->reason : record->content) << ' '
      << to_string(record->origin.replica) << ' ' << to_string(record->origin.stamp);
  for (const FieldVersion& change : record->field_versions) {
    out << " [" << change.field << " v" << change.version.value << ' '
        << to_string(change.origin.replica) << ' ' << change.origin.device_seq.value << ' '
        << to_string(change.origin.stamp) << ']';
  }
}

}  // namespace

Setting any_setting() {
  return {*rc::gen::element(EntityType::saved_query, EntityType::preference, EntityType::ai_session,
                            EntityType::ai_message),
          *rc::gen::element(Strategy::last_write_wins, Strategy::keep_both, Strategy::merge,
                            Strategy::user_choice)};
}

Fields any_fields() {
  Fields fields;
  for (const Pool& pool : pools) {
    if (once_in(2)) fields.set(std::string(pool.field), any_value(pool));
  }
  return fields;
}

Record any_first_version(EntityType type) {
  Record record = saved_query(1, origin('a', 1, 1000), any_fields().content());
  record.type = type;
  record.id = "r";
  return record;
}

Incoming any_upsert(const Record& seen, Version base, char letter, std::uint8_t nth) {
  Incoming incoming = blank_change(seen, base, letter, nth);
  if (once_in(3)) {
    edit_as_plain_client(incoming);
  } else {
    edit_as_engine(incoming, seen);
  }
  return incoming;
}

Incoming any_change(const Record& seen, Version base, char letter, std::uint8_t nth) {
  if (!once_in(5)) return any_upsert(seen, base, letter, nth);
  Incoming incoming = blank_change(seen, base, letter, nth);
  incoming.action = Action::remove;
  return incoming;
}

Record any_stored(const Setting& setting) {
  Record stored = any_first_version(setting.type);
  const int changes = below(6);
  for (int i = 0; i < changes; ++i) {
    const auto nth = static_cast<std::uint8_t>(i + 2);
    const Version base{
        static_cast<std::uint64_t>(below(static_cast<int>(stored.rev.version.value) + 1))};
    const char letter = *rc::gen::element('a', 'b', 'c');
    stored = stored_after(
        stored, resolve(&stored, any_change(stored, base, letter, nth), setting.strategy));
  }
  return stored;
}

std::vector<Fields::Entry> values_set_by(const Incoming& change, const Record& seen) {
  std::vector<Fields::Entry> values;
  const Fields before = seen_fields(seen);
  for (const auto& [field, value] : change.fields) {
    const bool removal = !change.changed && value == "null";
    const std::string* old = before.find(field);
    if (!removal && (old == nullptr || *old != value)) values.emplace_back(field, value);
  }
  return values;
}

std::string text_of(const Outcome& outcome) {
  std::ostringstream out;
  out << to_string(outcome.status);
  tell(out, outcome.record);
  if (outcome.copy) out << " copy";
  tell(out, outcome.copy);
  if (const auto& conflict = outcome.conflict) {
    out << " conflict " << conflict->id << ' ' << to_string(conflict->strategy)
        << (conflict->open ? " open" : "") << " local " << conflict->local.content << " remote "
        << conflict->remote.content;
  }
  return out.str();
}

}  // namespace studiosync::testing
