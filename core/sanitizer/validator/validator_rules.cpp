#include "core/sanitizer/validator/validator_rules.hpp"

#include <deque>
#include <string>
#include <vector>

#include "core/sanitizer/validator/provider_shapes.hpp"
#include "core/sanitizer/validator/rule_texts.hpp"
#include "core/sanitizer/validator/shape.hpp"

namespace studiosync {
namespace {

using namespace validator;

// Owns the providers' rules and their examples, which are made up from the formats: real-looking
// keys do not belong into a source.
struct Catalogue {
  std::deque<std::string> examples;
  std::deque<Rule> providers;
  std::vector<const Rule*> rules{&key_rule,        &setting_rule,    &unreadable_rule, &uri_rule,
                                 &jwt_rule,        &bearer_rule,     &basic_rule,      &pem_rule,
                                 &putty_rule,      &identified_rule, &pragma_rule,     &clause_rule,
                                 &assignment_rule, &pair_rule};

  Catalogue() {
    for (const ProviderShape& row : provider_shapes()) {
      if (!providers.empty() && providers.back().id == row.id) continue;
      examples.push_back(sample_of(row.shape));
      providers.push_back({.id = row.id,
                           .title = row.title,
                           .why = "The format that the provider documents for this kind of key.",
                           .example = examples.back()});
      rules.push_back(&providers.back());
    }
  }
};

}  // namespace

std::span<const Rule* const> validator_rules() {
  static const Catalogue catalogue;
  return catalogue.rules;
}

}  // namespace studiosync
