// Texts made of nothing but what the validator looks for. A second reading of what lies ahead or
// behind at every trigger would take hours here, not milliseconds.
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

#include "core/sanitizer/validator/trigger_index.hpp"
#include "core/sanitizer/validator/triggers.hpp"
#include "tests/core/sanitizer/validator/verdicts.hpp"

namespace studiosync {
namespace {

constexpr std::size_t text_bytes = 1U << 18;

constexpr auto dense = std::to_array<std::string_view>({
    "password=",
    "password='",
    "password=''",
    "password \"",
    "password:=\\'",
    "passwordpassword",
    "pwd=a ",
    "k=v;password=",
    "set password for x ",
    "create user password 'x ",
    "create ",
    "secret",
    "private_key=\"a",
    "a://",
    "://",
    "a://b:",
    "a://b:c",
    "eyJ",
    "eyJh.",
    "eyJhxx-",
    "''''",
    "\\",
    "\"",
    "identified by ",
    "identified with x ",
    "pragma ",
    "pragma key=",
    "bearer ",
    "basic YXBw",
    "-----BEGIN PRIVATE KEY-----",
    "private-lines: ",
    "glpat-",
    "glpat-a ",
    "+ASt",
    "/AIoT",
    "8Q~a",
    "SG.",
    "SK00",
    "hvs.",
    "dp.st.a",
    "sl.B",
    "k:AA",
    "AKIA",
    "ghp_",
    "set ",
});

TEST(DenseTriggers, AreReadOnce) {
  for (const std::string_view unit : dense) {
    std::string text;
    while (text.size() < text_bytes) text += unit;
    EXPECT_EQ(verdict_on_text(text), "clean") << unit;
  }
}

TEST(DenseTriggers, DoNotHideWhatComesBehind) {
  for (const std::string_view unit : dense) {
    std::string text;
    while (text.size() < 4096) text += unit;
    EXPECT_NE(verdict_on_text(text + "'\" \n see postgres://app:w7Kq2mZx@db "), "clean") << unit;
  }
}

// The search skips most of a text: no alignment may make it miss.
TEST(TriggerIndex, FindsATriggerAtEveryOffset) {
  const validator::TriggerIndex& index = validator::trigger_index();
  for (const std::string_view trigger : {"password", "x://y", "eyJh", "AKIA0", "pwd=", "SG.a"}) {
    for (std::size_t offset = 0; offset < 20; ++offset) {
      for (std::size_t behind = 0; behind < 10; ++behind) {
        const std::string text =
            std::string(offset, '0') + std::string(trigger) + std::string(behind, '0');
        const std::size_t at = index.next(text, 0);
        EXPECT_GE(at, offset) << text;
        EXPECT_LT(at, offset + trigger.size()) << text;
      }
    }
  }
}

}  // namespace
}  // namespace studiosync
