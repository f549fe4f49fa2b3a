// The page's colours, as WCAG 2.1 measures them: texts 4.5, lines and shapes 3 against what is
// behind.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>

#include "e2e/draw/page_parts.hpp"

namespace studiosync::e2e {
namespace {

using Colours = std::map<std::string, std::array<double, 3>>;

// The custom properties with a colour of six digits in the block that begins with `selector`.
Colours colours_of(std::string_view selector) {
  std::string_view css = page_css();
  css.remove_prefix(css.find(selector) + selector.size());
  css = css.substr(0, css.find('}'));
  Colours colours;
  for (auto at = css.find("--"); at != std::string_view::npos; at = css.find("--", at + 2)) {
    const auto colon = css.find(':', at);
    const auto hash = css.find('#', at);
    if (hash == std::string_view::npos) break;
    auto& colour = colours[std::string(css.substr(at + 2, colon - at - 2))];
    for (std::size_t i = 0; i < 3; ++i) {
      int value = 0;
      const char* digits = css.data() + hash + 1 + 2 * i;
      std::from_chars(digits, digits + 2, value, 16);
      colour.at(i) = value / 255.0;
    }
  }
  return colours;
}

double luminance(const std::array<double, 3>& colour) {
  const auto linear = [](double c) {
    return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2]);
}

double contrast(const std::array<double, 3>& a, const std::array<double, 3>& b) {
  const auto [dark, light] = std::minmax({luminance(a), luminance(b)});
  return (light + 0.05) / (dark + 0.05);
}

struct Pair {
  const char* front;
  const char* back;
  double minimum;
};
constexpr std::array pairs{
    Pair{"text", "surface", 4.5},  Pair{"text", "raised", 4.5},    Pair{"text", "mark", 4.5},
    Pair{"text", "bad-soft", 4.5}, Pair{"muted", "surface", 4.5},  Pair{"muted", "raised", 4.5},
    Pair{"muted", "mark", 4.5},    Pair{"bad", "surface", 4.5},    Pair{"bad", "bad-soft", 4.5},
    Pair{"surface", "bad", 4.5},   Pair{"good", "good-soft", 4.5}, Pair{"odd-text", "surface", 4.5},
    Pair{"user-0", "surface", 3},  Pair{"user-1", "surface", 3},   Pair{"user-2", "surface", 3},
    Pair{"user-3", "surface", 3},  Pair{"user-4", "surface", 3},   Pair{"user-5", "surface", 3},
    Pair{"nobody", "surface", 3},  Pair{"server", "surface", 3},   Pair{"focus", "surface", 3}};

class PageColours : public ::testing::TestWithParam<const char*> {};

TEST_P(PageColours, CanBeRead) {
  const Colours colours = colours_of(GetParam());
  for (const auto& [front, back, minimum] : pairs) {
    ASSERT_TRUE(colours.contains(front) && colours.contains(back)) << front << " on " << back;
    EXPECT_GE(contrast(colours.at(front), colours.at(back)), minimum) << front << " on " << back;
  }
}

INSTANTIATE_TEST_SUITE_P(Themes, PageColours,
                         ::testing::Values("\n:root {", ":root:not([data-theme=light]) {",
                                           ":root[data-theme=dark] {"));

TEST(PageThemes, AreTheSameDarkOnesHoweverDarkWasChosen) {
  EXPECT_EQ(colours_of(":root:not([data-theme=light]) {"), colours_of(":root[data-theme=dark] {"));
}

}  // namespace
}  // namespace studiosync::e2e
