// Random use of devices whose records hold credentials: none leaves its device, and after every
// step each is still there, in a record or put aside, unless its own user replaced it.
#include <gtest/gtest.h>

#include <array>

#include "tests/core/sync/original_ledger.hpp"
#include "tests/core/sync/sync_fixture.hpp"
#include "tests/core/sync/world.hpp"

namespace studiosync::testing {
namespace {

using enum EntityType;

constexpr std::size_t devices = 3;
constexpr int rounds = 60;

// A field that holds credentials beside harmless text, and what the type requires.
struct Shape {
  EntityType type;
  std::string_view required;
  std::string_view field;
};
constexpr std::array shapes{
    Shape{saved_query, R"({"name":"n","query":"SELECT 1"})", "metadata"},
    Shape{connection, R"({"name":"n","type":"mysql"})", "parameters"},
    Shape{query_history, R"({"query":"SELECT 1"})", "x_future"},
    Shape{preference, R"({"key":"p"})", "value"},
};
constexpr std::array strategies{Strategy::last_write_wins, Strategy::keep_both, Strategy::merge,
                                Strategy::user_choice};

class RandomUse {
 public:
  explicit RandomUse(std::uint64_t seed) : random_(seed), world_(seed) {
    for (const char* name : {"laptop", "tablet", "phone"}) world_.add_device(name).start();
    for (const EntityType type : {saved_query, connection, query_history}) {
      world_.server().choose(type, strategies[random_.below(strategies.size())]);
    }
    world_.server().hints_only = random_.below(4) == 0;
    world_.on_bytes = [this](std::string_view bytes) {
      leaked_ = leaked_ || bytes.find("canary") != std::string_view::npos;
    };
    world_.faults = [this](std::uint64_t) { return fate(); };
  }

  void run() {
    server::MemoryImage backup = world_.server().image();
    for (int round = 0; round < rounds && !::testing::Test::HasFailure(); ++round) {
      act(world_.device(random_.below(devices)), backup);
      check();
      world_.run_for(Millis{static_cast<std::int64_t>(random_.below(120))});
      check();
    }
    world_.faults = nullptr;
    for (std::size_t i = 0; i < devices; ++i) world_.device(i).start();
    EXPECT_TRUE(world_.settle());
    check();
  }

  std::size_t put_aside() {
    std::size_t count = 0;
    for (std::size_t i = 0; i < devices; ++i) count += world_.device(i).store().originals().size();
    return count;
  }

 private:
  Fate fate() {
    switch (random_.below(40)) {
      case 0:
        return Fate::lost;
      case 1:
        return Fate::cut_after;
      default:
        return Fate::delivered;
    }
  }

  void check() {
    EXPECT_FALSE(leaked_);
    for (std::size_t i = 0; i < devices; ++i) {
      EXPECT_EQ(ledgers_[i].lost(world_.device(i).store()), "")
          << world_.device(i).store().meta().device_name;
    }
  }

  void act(SimDevice& device, server::MemoryImage& backup) {
    const std::uint64_t dice = random_.below(24);
    if (dice < 14) {
      edit(device);
    } else if (dice < 17) {
      remove(device);
    } else if (dice < 19) {
      device.toggle();
    } else if (dice == 19) {
      world_.cut(device);
    } else if (dice == 20) {
      backup = world_.server().image();
    } else if (dice == 21) {
      world_.server().restart(random_.below(2) == 0 ? backup : world_.server().image());
    } else {
      decide();
    }
  }

  OriginalLedger& ledger_of(SimDevice& device) {
    for (std::size_t i = 0; i < devices; ++i) {
      if (&world_.device(i) == &device) return ledgers_[i];
    }
    return ledgers_.front();
  }

  // The user changes the harmless part, the secret, another field, or makes it all private.
  void edit(SimDevice& device) {
    const Shape& shape = shapes[random_.below(shapes.size())];
    const std::string id = shape.type == preference ? "p" : "r" + std::to_string(random_.below(3));
    const std::string before = device.shown(shape.type, id);
    Json data = json(before.empty() ? shape.required : std::string_view(before));
    const std::string note = std::to_string(++notes_);
    if (random_.below(3) > 0) {
      set_secret(ledger_of(device), data, shape.field, note);
    } else if (shape.type == query_history) {
      data.set("privacy_mode", random_.below(4) == 0 ? "private" : "normal");
    } else {
      data.set(shape.type == preference ? "category" : "name", note);
    }
    device.put(shape.type, id, data.canonical());
  }

  void set_secret(OriginalLedger& ledger, Json& data, std::string_view field,
                  const std::string& note) {
    const Json* old = data.find(field);
    if (old != nullptr) ledger.replaced(old->canonical());
    Json value = Json::object().set("note", random_.below(2) == 0 ? "same" : note);
    if (random_.below(4) > 0) value.set("password", ledger.next());
    data.set(std::string(field), std::move(value));
  }

  void remove(SimDevice& device) {
    const Shape& shape = shapes[random_.below(shapes.size())];
    const std::string id = "r" + std::to_string(random_.below(3));
    ledger_of(device).replaced(device.shown(shape.type, id));
    device.erase(shape.type, id);
  }

  // A person resolves the conflicts that are open.
  void decide() {
    std::vector<std::string> conflicts;
    for (const auto& [seq, record] : world_.server().user().log) {
      if (record.type == conflict && !record.deleted) conflicts.push_back(record.id);
    }
    for (const std::string& id : conflicts) {
      Resolve decision{.conflict_id = id, .strategy = Strategy::user_choice};
      decision.chosen = random_.below(2) == 0 ? Choice::local : Choice::remote;
      world_.server().resolve(decision);
    }
  }

  Random random_;
  World world_;
  std::array<OriginalLedger, devices> ledgers_;
  std::uint64_t notes_ = 0;
  bool leaked_ = false;
};

TEST(Originals, NoDeviceEverLosesOne) {
  std::size_t put_aside = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    RandomUse use(seed);
    use.run();
    put_aside += use.put_aside();
    if (::testing::Test::HasFailure()) break;
  }
  EXPECT_GT(put_aside, 0U);
}

}  // namespace
}  // namespace studiosync::testing
