#include "core/sanitizer/text/providers.hpp"

#include "core/sanitizer/text/provider_tables.hpp"

namespace studiosync {
namespace {

const TokenTable& all_formats() {
  static const TokenTable all = [] {
    TokenTable joined;
    for (const TokenTable& table :
         {cloud_formats(), code_formats(), ai_formats(), data_formats(), business_formats()}) {
      joined.anchors.insert(joined.anchors.end(), table.anchors.begin(), table.anchors.end());
      joined.rules.insert(joined.rules.end(), table.rules.begin(), table.rules.end());
    }
    return joined;
  }();
  return all;
}

}  // namespace

std::span<const Anchor> provider_anchors() {
  return all_formats().anchors;
}

std::span<const Rule* const> provider_rules() {
  return all_formats().rules;
}

}  // namespace studiosync
