// Records with text that the server has redacted.
#pragma once

#include "core/sync/originals.hpp"
#include "tests/core/sync/sync_fixture.hpp"

namespace studiosync::testing {

inline const std::string with_secret = R"({"note":1,"password":"canary"})";

// A connection's content in canonical form.
inline std::string connection_text(std::string_view name, std::string_view metadata) {
  Json data = Json::object().set("name", name).set("type", "mysql").set("use_ssh", false);
  data.set("metadata", json(metadata));
  return data.canonical();
}

// One connection, whose metadata may hold a password.
class OriginalsTest : public DeviceTest {
 protected:
  void put_connection(std::string_view name, std::string_view metadata) {
    put(EntityType::connection, "c", connection_text(name, metadata));
  }
  Record theirs(std::uint64_t version, std::string_view name, std::string_view metadata) const {
    return row(EntityType::connection, "c", version, connection_text(name, metadata));
  }
  // A record that the server has redacted, at version 1.
  void synced() {
    put_connection("db", with_secret);
    settle_as(applied(freeze_all().at(0), 1));
  }
  FrozenChange sent(std::string_view name, std::string_view metadata) {
    put_connection(name, metadata);
    return freeze_all().at(0);
  }
  template <class Work>
  void change(Work work) {
    ASSERT_TRUE(store_.begin());
    work();
    ASSERT_TRUE(store_.commit());
  }
  DeviceRecord now() { return record(EntityType::connection, "c"); }
  std::string metadata(std::string_view id = "c") {
    const std::string content = shown(EntityType::connection, id);
    const Fields fields = content.empty() ? Fields{} : Fields::from_content(content);
    const std::string* value = fields.find("metadata");
    return value == nullptr ? std::string() : *value;
  }
  std::vector<std::string> put_aside_values() {
    std::vector<std::string> values;
    for (const Original& original : store_.originals()) values.push_back(original.value);
    return values;
  }
  void expect_put_aside() { EXPECT_EQ(put_aside_values(), std::vector{with_secret}); }
  void expect_nothing_put_aside() { EXPECT_EQ(put_aside_values(), std::vector<std::string>{}); }
};

}  // namespace studiosync::testing
