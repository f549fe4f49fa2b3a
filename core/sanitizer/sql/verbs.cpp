#include "core/sanitizer/sql/verbs.hpp"

#include "core/sanitizer/sql/word_mask.hpp"
#include "core/sanitizer/sql/word_set.hpp"
#include "core/sanitizer/sql/word_tables.hpp"

namespace studiosync {
namespace {

using std::string_view_literals::operator""sv;

constexpr WordSet definers{"create"sv, "alter"sv, "grant"sv, "administer"sv};
// These are names of columns as well: they count where a statement begins.
constexpr WordSet first_definers{"set"sv,    "attach"sv, "copy"sv,   "unload"sv,  "open"sv,
                                 "change"sv, "start"sv,  "backup"sv, "restore"sv, "connect"sv,
                                 "import"sv, "export"sv, "add"sv,    "load"sv,    "close"sv};
constexpr WordSet manipulators{"select"sv, "insert"sv, "update"sv, "delete"sv,
                               "merge"sv,  "where"sv,  "values"sv, "replace"sv};
constexpr WordSet executors{"exec"sv, "execute"sv, "call"sv};

constexpr WordSet strong_openings{"create"sv,  "alter"sv,  "grant"sv,  "insert"sv,     "update"sv,
                                  "select"sv,  "delete"sv, "merge"sv,  "exec"sv,       "execute"sv,
                                  "pragma"sv,  "attach"sv, "unload"sv, "administer"sv, "revoke"sv,
                                  "declare"sv, "replace"sv};
constexpr WordSet weak_openings{"set"sv,     "copy"sv,  "change"sv,  "connect"sv, "open"sv,
                                "backup"sv,  "start"sv, "restore"sv, "call"sv,    "with"sv,
                                "import"sv,  "begin"sv, "close"sv,   "db"sv,      "define"sv,
                                "prepare"sv, "modify"sv};

constexpr WordMask make_mask() {
  WordMask mask;
  for (const std::string_view word : definers) mask.add(word);
  for (const std::string_view word : first_definers) mask.add(word);
  for (const std::string_view word : manipulators) mask.add(word);
  for (const std::string_view word : executors) mask.add(word);
  return mask;
}
constexpr WordMask all_verbs = make_mask();

bool begins_procedure(std::string_view word) noexcept {
  return starts_folded(word, "sp_");
}

}  // namespace

Verb verb_after(std::string_view word, Verb verb) noexcept {
  if (verb == Verb::none && begins_procedure(word)) return Verb::execute;
  if (!all_verbs.may_hold(word)) return verb;
  if (contains_folded(definers, word)) return Verb::define;
  if (contains_folded(manipulators, word)) {
    // CREATE OR REPLACE USER goes on defining.
    return verb == Verb::define && equals_folded(word, "replace") ? verb : Verb::manipulate;
  }
  if (contains_folded(executors, word)) return Verb::execute;
  if (verb == Verb::none && contains_folded(first_definers, word)) return Verb::define;
  return verb;
}

Opening opening_of(std::string_view word) noexcept {
  if (contains_folded(strong_openings, word)) return Opening::strong;
  return contains_folded(weak_openings, word) ? Opening::weak : Opening::none;
}

}  // namespace studiosync
