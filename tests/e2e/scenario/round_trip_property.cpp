#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "e2e/scenario/scenario.hpp"
#include "tests/e2e/scenario/any_scenario.hpp"

namespace studiosync::e2e {
namespace {

RC_GTEST_PROP(Scenario, ReadsBackWhatItWrote, ()) {
  Random random(*rc::gen::arbitrary<std::uint64_t>());
  const Scenario scenario = testing::any_scenario(random, 30);
  const std::string text = to_json_text(scenario);
  const auto read = parse_scenario(text);
  RC_LOG() << text << (read ? "" : read.error().path + ": " + read.error().message);
  RC_ASSERT(read.has_value());
  RC_ASSERT(*read == scenario);
  RC_ASSERT(to_json_text(*read) == text);
}

}  // namespace
}  // namespace studiosync::e2e
