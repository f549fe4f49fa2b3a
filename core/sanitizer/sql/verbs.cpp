#include "core/sanitizer/sql/verbs.hpp"

#include "core/sanitizer/sql/word_set.hpp"
#include "core/sanitizer/sql/word_tables.hpp"

namespace studiosync {
namespace {

using std::string_view_literals::operator""sv;

constexpr TermSet definers{"create", "alter", "grant", "administer"};
// These are names of columns as well: they count where a statement begins.
constexpr TermSet first_definers{"set",    "attach", "copy",   "unload",  "open",
                                 "change", "start",  "backup", "restore", "connect",
                                 "import", "export", "add",    "load",    "close"};
constexpr TermSet manipulators{"select", "insert", "update", "delete",
                               "merge",  "where",  "values", "replace"};
constexpr TermSet executors{"exec", "execute", "call"};

constexpr WordSet strong_openings{"create"sv,  "alter"sv,  "grant"sv,  "insert"sv,     "update"sv,
                                  "select"sv,  "delete"sv, "merge"sv,  "exec"sv,       "execute"sv,
                                  "pragma"sv,  "attach"sv, "unload"sv, "administer"sv, "revoke"sv,
                                  "declare"sv, "replace"sv};
constexpr WordSet weak_openings{"set"sv,     "copy"sv,  "change"sv,  "connect"sv, "open"sv,
                                "backup"sv,  "start"sv, "restore"sv, "call"sv,    "with"sv,
                                "import"sv,  "begin"sv, "close"sv,   "db"sv,      "define"sv,
                                "prepare"sv, "modify"sv};

bool begins_procedure(std::string_view word) noexcept {
  return starts_folded(word, "sp_");
}

}  // namespace

Verb verb_after(std::string_view word, Term term, Verb verb) noexcept {
  if (verb == Verb::none && begins_procedure(word)) return Verb::execute;
  if (!term) return verb;
  if (definers.has(term)) return Verb::define;
  if (manipulators.has(term)) {
    // CREATE OR REPLACE USER goes on defining.
    return verb == Verb::define && term == "replace" ? verb : Verb::manipulate;
  }
  if (executors.has(term)) return Verb::execute;
  if (verb == Verb::none && first_definers.has(term)) return Verb::define;
  return verb;
}

Opening opening_of(std::string_view word) noexcept {
  if (contains_folded(strong_openings, word)) return Opening::strong;
  return contains_folded(weak_openings, word) ? Opening::weak : Opening::none;
}

}  // namespace studiosync
