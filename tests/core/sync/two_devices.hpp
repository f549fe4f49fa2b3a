// A laptop and a tablet of one user, and what recoveries are looked at by.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/core/sync/sync_fixture.hpp"
#include "tests/core/sync/world.hpp"

namespace studiosync::testing {

class TwoDevices : public ::testing::Test {
 protected:
  static void put(SimDevice& device, std::string_view id, std::string_view name) {
    device.put(EntityType::saved_query, id, query_text(name, "SELECT 1"));
  }
  static void put_many(SimDevice& device, int count) {
    for (int i = 0; i < count; ++i) put(device, "q" + std::to_string(i), "name");
  }
  static void erase_many(SimDevice& device, int count) {
    for (int i = 0; i < count; ++i) {
      EXPECT_TRUE(device.erase(EntityType::saved_query, "q" + std::to_string(i)));
    }
  }
  static std::string shown(SimDevice& device, std::string_view id) {
    return device.shown(EntityType::saved_query, id);
  }
  static std::string named(std::string_view name) { return query_text(name, "SELECT 1"); }
  static std::size_t visible(SimDevice& device) {
    return device.store().list(EntityType::saved_query, "", 10'000).size();
  }
  std::string stored(std::string_view id) {
    const auto& user = world_.server().user();
    const auto at = user.items.find(std::pair{EntityType::saved_query, std::string(id)});
    return at == user.items.end() ? "" : user.log.at(at->second).content;
  }

  void both_start() {
    laptop_.start();
    tablet_.start();
    settled();
  }
  void settled() {
    ASSERT_TRUE(world_.settle());
    EXPECT_EQ(world_.difference(), "");
  }
  // Writes down the kind of every frame from now on.
  void listen() {
    world_.on_bytes = [this](std::string_view bytes) {
      const Json frame = parse_json(bytes).value();
      heard_.push_back(frame.find("type")->as_string());
    };
  }
  std::ptrdiff_t heard(std::string_view kind) const {
    return std::count(heard_.begin(), heard_.end(), kind);
  }
  // The place of the first such frame; past the end when there was none.
  std::ptrdiff_t first(std::string_view kind) const {
    return std::find(heard_.begin(), heard_.end(), kind) - heard_.begin();
  }

  World world_{5};
  SimDevice& laptop_ = world_.add_device("laptop");
  SimDevice& tablet_ = world_.add_device("tablet");
  std::vector<std::string> heard_;  // what devices sent
};

}  // namespace studiosync::testing
