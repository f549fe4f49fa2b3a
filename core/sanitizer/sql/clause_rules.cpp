#include "core/sanitizer/sql/clause_rules.hpp"

#include <array>

#include "core/sanitizer/sql/pattern_index.hpp"
#include "core/sanitizer/sql/sql_rule_list.hpp"
#include "core/sanitizer/sql/token_pattern.hpp"
#include "core/sanitizer/sql/word_tables.hpp"

namespace studiosync {
namespace {

// What a clause takes beside texts.
enum class Takes : std::uint8_t {
  text,
  name,           // a quoted name too: PASSWORD "Bare1"
  word,           // in SQL a bare word too, when it is unlike a word: others are options
  bare,           // a bare word too, in SQL
  bare_anywhere,  // and in prose when it is unlike a word
  prose,          // a bare word even in prose
};

struct Clause {
  TokenPattern pattern;
  const Rule& rule;
  Takes takes = Takes::text;
  bool defines = false;      // only in statements that define something
  bool lists_pairs = false;  // the text is a list of names and values
};

using enum Takes;

constexpr std::array clauses{
    Clause{"create|alter user|role * identified by", sql_rule::identified_by, prose},
    Clause{"create|alter user|role if not exists * identified by", sql_rule::identified_by, prose},
    Clause{"connect to * identified by", sql_rule::identified_by, prose},
    Clause{"authenticated by * identified by", sql_rule::identified_by, prose},
    Clause{"set role * identified by", sql_rule::identified_by, prose},
    Clause{"encrypt identified by", sql_rule::identified_by, prose},
    Clause{"encrypt using * identified by", sql_rule::identified_by, prose},
    Clause{"user * identified by * replace", sql_rule::identified_by, prose},
    Clause{"grant ... to * identified by", sql_rule::identified_by, prose},
    Clause{"administer key ... identified by", sql_rule::identified_by, prose},
    Clause{"encryption key identified by", sql_rule::identified_by, prose},
    Clause{"wallet open|close identified by", sql_rule::identified_by, prose},
    Clause{"grant ... to * , * identified by * ,", sql_rule::identified_by, bare},
    Clause{"grant ... to * , * , * identified by * , * ,", sql_rule::identified_by, bare},
    Clause{"identified by", sql_rule::identified_by, bare},
    Clause{"identified by * replace", sql_rule::identified_by, bare},
    Clause{"identified by * set", sql_rule::identified_by, bare},
    Clause{"identified by password|values", sql_rule::identified_by},
    Clause{"identified by password (", sql_rule::identified_by},
    Clause{"identified with|via * by|as|using", sql_rule::identified_by},
    Clause{"identified with|via * by|as|using password (", sql_rule::identified_by},
    Clause{"or * using|as|by", sql_rule::identified_by, text, true},
    Clause{"or * using|as|by password (", sql_rule::identified_by, text, true},
    Clause{"plaintext_password|sha256_password|sha256_hash|double_sha1_password|double_sha1_hash|"
           "bcrypt_password|bcrypt_hash|scram_sha256_password|scram_sha256_hash by",
           sql_rule::identified_by},
    Clause{"by * replace", sql_rule::identified_by, text, true},
    Clause{"password ... =|to * replace", sql_rule::identified_by, text, true},
    Clause{"by random password replace", sql_rule::identified_by, text, true},

    Clause{"master_password|source_password =?", sql_rule::replication_password, name},
    Clause{"by password =?", sql_rule::key_password, name},
    Clause{"encryption|decryption|keystore|truststore password =?", sql_rule::key_password, name},
    Clause{"cipher * password", sql_rule::key_password, name},
    Clause{"keys with secret", sql_rule::key_password, prose},
    Clause{"footer_key_value|column_key_value =?", sql_rule::key_password},
    Clause{"key_source|algorithm_key =", sql_rule::key_password},
    Clause{"private key ( binary =", sql_rule::key_password, name},
    Clause{"key_string =", sql_rule::key_password},

    Clause{"set password =?", sql_rule::set_password, name, true},
    Clause{"set plaintext|encrypted password", sql_rule::set_password, name, true},
    Clause{"set password from", sql_rule::set_password, name, true},
    Clause{"password from * to", sql_rule::set_password, name, true},
    Clause{"set password for ... =|to", sql_rule::set_password, name, true},
    Clause{"set password for ... = password|old_password (", sql_rule::set_password, text, true},
    Clause{"set password = password|old_password (", sql_rule::set_password, text, true},

    Clause{"{ encrypt", sql_rule::procedure_argument},
    Clause{"sp_password @old =", sql_rule::procedure_argument},
    Clause{"sp_password ... @new =", sql_rule::procedure_argument},

    Clause{"create|alter user * password", sql_rule::password_clause, word},
    Clause{"create|alter user|role|group ... password", sql_rule::password_clause},
    Clause{"user * password", sql_rule::password_clause, name},
    Clause{"encrypted|unencrypted|with password =?", sql_rule::password_clause, name},
    Clause{"create|modify|alter user ... password =", sql_rule::password_clause, bare_anywhere},
    Clause{"create|modify|alter user ... password = (", sql_rule::password_clause, bare_anywhere},
    Clause{"password =", sql_rule::password_clause, text, true},
    Clause{"old_password|new_password|mediapassword =?", sql_rule::password_clause, name, true},

    Clause{"secret|secret_string =?", sql_rule::credential_secret, name, true},
    Clause{"bearer_token|oauth_client_secret|oauth_refresh_token|oauth_access_token|api_key =?",
           sql_rule::credential_secret, name, true},
    Clause{"add|update secret", sql_rule::credential_secret, text},
    Clause{"create|alter secret * as", sql_rule::credential_secret, text},
    Clause{"create secret if not exists * as", sql_rule::credential_secret, text},
    Clause{"secret * with ( ... ) as", sql_rule::credential_secret, text},
    Clause{"secret if not exists * with ( ... ) as", sql_rule::credential_secret, text},
    Clause{"with secret", sql_rule::credential_secret, name},

    Clause{"access_key_id|secret_access_key|session_token =?", sql_rule::cloud_key, text, true},
    Clause{"s3_access_key_id|s3_secret_access_key|s3_session_token =?", sql_rule::cloud_key, text,
           true},
    Clause{"aws_key_id|aws_secret_key|aws_token|azure_sas_token =?", sql_rule::cloud_key, text,
           true},
    Clause{"master_key|master_symmetric_key|key_id =?", sql_rule::cloud_key, text, true},
    Clause{"credentials =?", sql_rule::cloud_key, text, true, true},
    Clause{"credentials as", sql_rule::cloud_key, text, true, true},

    Clause{"pragma key|rekey|hexkey|hexrekey|textkey|textrekey =|(", sql_rule::database_key, prose},
    Clause{"pragma * . key|rekey|hexkey|hexrekey|textkey|textrekey =|(", sql_rule::database_key,
           prose},
    Clause{"attach ... key", sql_rule::database_key, name},
    Clause{"attach", sql_rule::database_key, text, true, true},
    Clause{"connection =?", sql_rule::option, text, true, true},
    Clause{"attach database", sql_rule::database_key, text, true, true},
    Clause{"encryption_key =?", sql_rule::database_key, name, true},

    Clause{"connect|attach to * user * using", sql_rule::connect_using, bare_anywhere},
    Clause{"connect ... user * using", sql_rule::connect_using, bare},
    Clause{"user * using * new", sql_rule::connect_using, bare},
    Clause{"user * using * new * confirm", sql_rule::connect_using, bare},
};

// Words that begin another clause and stand where a bare password could.
constexpr TermSet keywords{"password",  "values",  "random",   "externally", "globally",
                           "null",      "expire",  "disable",  "never",      "default",
                           "external",  "by",      "as",       "using",      "from",
                           "with",      "require", "history",  "required",   "optional",
                           "unbounded", "current", "interval", "identified"};

bool takes(const Clause& clause, SqlTokenKind kind, bool in_prose) noexcept {
  switch (kind) {
    case SqlTokenKind::text:
      return true;
    case SqlTokenKind::name:
    case SqlTokenKind::number:
      return clause.takes != text;
    default:
      if (in_prose) return clause.takes == prose || clause.takes == bare_anywhere;
      return clause.takes != text && clause.takes != name;
  }
}

bool is_doubtful(const Clause& clause, SqlTokenKind kind, bool in_prose) noexcept {
  return kind == SqlTokenKind::word &&
         (clause.takes == word || (in_prose && clause.takes == bare_anywhere));
}

// IDENTIFIED WITH auth_pam AS 'mysqld': what follows is no credential.
bool asks_another_system(const Spot& spot) noexcept {
  const bool plugin = spot.is(2, "with") || spot.is(2, "via") || spot.is(2, "or");
  return plugin && is_external_plugin(spot.name(1));
}

constexpr auto clauses_by_end = [] {
  PatternIndex<clauses.size()> built;
  for (std::size_t row = 0; row < clauses.size(); ++row) built.add(clauses[row].pattern, row);
  return built;
}();

Position find_clause(const Spot& spot, SqlTokenKind kind, Verb verb, bool in_prose) noexcept {
  if (!clauses_by_end.may_end(spot.term(0))) return {};
  const auto rows = clauses_by_end.of(spot);
  for (std::size_t row = rows.next(0); row < clauses.size(); row = rows.next(row + 1)) {
    const Clause& clause = clauses[row];
    if (clause.defines && verb != Verb::define) continue;
    if (!takes(clause, kind, in_prose)) continue;
    if (!ends_with_pattern(spot, clause.pattern)) continue;
    if (asks_another_system(spot)) return {};
    return {.rule = &clause.rule,
            .doubtful = is_doubtful(clause, kind, in_prose),
            .lists_pairs = clause.lists_pairs};
  }
  return {};
}

}  // namespace

bool may_end_clause(const Spot& spot) noexcept {
  return clauses_by_end.may_end(spot.term(0)) && !clauses_by_end.of(spot).empty();
}

Position clause_position(const Spot& spot, Verb verb) noexcept {
  return find_clause(spot, SqlTokenKind::text, verb, false);
}

Position bare_clause_position(const Spot& spot, SqlTokenKind kind, Verb verb,
                              bool in_prose) noexcept {
  return find_clause(spot, kind, verb, in_prose);
}

bool is_clause_keyword(Term word) noexcept {
  return keywords.has(word);
}

}  // namespace studiosync
