// Random edits on devices whose connections break at random: everything meets in the end, and
// nothing that a user typed is lost.
#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <utility>

#include "tests/core/sync/edit_ledger.hpp"
#include "tests/core/sync/sync_fixture.hpp"
#include "tests/core/sync/world.hpp"

namespace studiosync::testing {
namespace {

using enum EntityType;

constexpr std::size_t devices = 3;
constexpr int rounds = 60;

// A text field of each type that edits may set, besides what the type requires.
struct Shape {
  EntityType type;
  std::string_view required;
  std::array<std::string_view, 3> fields;
};
constexpr std::array shapes{
    Shape{saved_query, R"({"name":"n","query":"SELECT 1"})", {"name", "query", "description"}},
    Shape{connection, R"({"name":"n","type":"mysql"})", {"name", "host", "color"}},
    Shape{ai_session, R"({"title":"t"})", {"title", "summary", "x_future"}},
};

class RandomUse {
 public:
  explicit RandomUse(std::uint64_t seed) : random_(seed), world_(seed) {
    for (const char* name : {"laptop", "tablet", "phone"}) world_.add_device(name).start();
    if (random_.below(3) == 0) world_.server().choose(connection, Strategy::user_choice);
    if (random_.below(3) == 0) world_.server().choose(saved_query, Strategy::merge);
    world_.server().hints_only = random_.below(4) == 0;
    if (random_.below(4) == 0) world_.server().page_rows_max = 3;
    restores_ = random_.below(2) == 0;
    world_.on_bytes = [this](std::string_view bytes) {
      leaked_ = leaked_ || bytes.find("canary") != std::string_view::npos;
    };
  }

  void run() {
    world_.faults = [this](std::uint64_t) { return fate(); };
    for (int round = 0; round < rounds; ++round) {
      act(world_.device(random_.below(devices)));
      world_.run_for(Millis{static_cast<std::int64_t>(random_.below(120))});
    }
    heal();
  }

  void check() {
    EXPECT_EQ(world_.difference(), "");
    for (std::size_t i = 0; i < devices; ++i) {
      EXPECT_TRUE(world_.device(i).status().synced);
      const QueueCounts counts = world_.device(i).store().counts();
      EXPECT_EQ(counts.pending + counts.frozen + counts.rejected, 0U);
    }
    EXPECT_EQ(ledger_.lost(world_.server().user()), "");
    EXPECT_FALSE(leaked_);
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

  void act(SimDevice& device) {
    const std::uint64_t dice = random_.below(22);
    if (dice < 14) {
      edit(device);
    } else if (dice < 16) {
      remove(device);
    } else if (dice < 18) {
      device.toggle();
    } else if (dice == 18) {
      world_.cut(device);
    } else if (dice == 19) {
      world_.server().restart(world_.server().image());
    } else if (dice == 20 && !restores_) {
      world_.server().collect();
    } else if (restores_) {
      back_up_or_restore();
    }
  }

  void back_up_or_restore() {
    if (!backup_) {
      backup_ = world_.server().image();
    } else if (!std::exchange(restored_, true)) {
      world_.server().restart(*backup_);
    }
  }

  std::string pick_id() { return "r" + std::to_string(random_.below(4)); }

  void edit(SimDevice& device) {
    const Shape& shape = shapes[random_.below(shapes.size())];
    const std::string id = pick_id();
    const std::string before = device.shown(shape.type, id);
    const std::string field(shape.fields[random_.below(shape.fields.size())]);
    Json data = json(before.empty() ? shape.required : std::string_view(before));
    const Json* old = data.find(field);
    if (old != nullptr) ledger_.replaced(old->as_string());
    data.set(field, ledger_.next());
    if (shape.type == connection) data.set("password", "canary");
    device.put(shape.type, id, data.canonical());
  }

  void remove(SimDevice& device) {
    const Shape& shape = shapes[random_.below(shapes.size())];
    const std::string id = pick_id();
    ledger_.replaced(device.shown(shape.type, id));
    device.erase(shape.type, id);
  }

  void heal() {
    world_.faults = nullptr;
    for (std::size_t i = 0; i < devices; ++i) {
      if (world_.device(i).status().state == LinkState::stopped) world_.device(i).start();
    }
    ASSERT_TRUE(world_.settle());
  }

  Random random_;
  World world_;
  EditLedger ledger_;
  // Restores, or collected tombstones: a backup is younger than the tombstones that went since.
  bool restores_ = false;
  std::optional<server::MemoryImage> backup_;
  bool restored_ = false;
  bool leaked_ = false;
};

TEST(Convergence, DevicesMeetAndNoEditIsLost) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    RandomUse use(seed);
    use.run();
    use.check();
    if (::testing::Test::HasFailure()) break;
  }
}

}  // namespace
}  // namespace studiosync::testing
