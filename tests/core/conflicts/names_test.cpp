#include <gtest/gtest.h>

#include <array>

#include "core/conflicts/resolve.hpp"

namespace studiosync {
namespace {

TEST(StatusNames, AreTheWireNames) {
  const std::array names{
      std::pair{Status::applied, "applied"},     std::pair{Status::merged, "merged"},
      std::pair{Status::unchanged, "unchanged"}, std::pair{Status::duplicate, "duplicate"},
      std::pair{Status::conflict, "conflict"},   std::pair{Status::held, "held"},
      std::pair{Status::rejected, "rejected"}};
  for (const auto& [status, name] : names) {
    EXPECT_EQ(to_string(status), name);
    EXPECT_EQ(parse_status(name), status);
  }
  EXPECT_EQ(parse_status("Applied"), std::nullopt);
}

TEST(ChoiceNames, AreTheWireNames) {
  const std::array names{std::pair{Choice::local, "local"}, std::pair{Choice::remote, "remote"},
                         std::pair{Choice::keep_both, "keep_both"},
                         std::pair{Choice::merged, "merged"}};
  for (const auto& [choice, name] : names) {
    EXPECT_EQ(to_string(choice), name);
    EXPECT_EQ(parse_choice(name), choice);
  }
  EXPECT_EQ(parse_choice("both"), std::nullopt);
}

}  // namespace
}  // namespace studiosync
