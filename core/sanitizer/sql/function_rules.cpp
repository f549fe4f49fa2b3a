#include "core/sanitizer/sql/function_rules.hpp"

#include <array>

#include "core/sanitizer/sql/row_index.hpp"
#include "core/sanitizer/sql/sql_rule_list.hpp"
#include "core/sanitizer/sql/word_tables.hpp"

namespace studiosync {
namespace {

// What else decides which argument it is.
enum class Twist : std::uint8_t {
  none,
  sole,        // only when it is the only argument
  last,        // only when no argument follows
  mode_first,  // one further when the first argument names an algorithm
  not_format,  // s3(url, 'CSV') has no keys
  database,    // one less in CREATE DATABASE … ENGINE
  after_auth,  // only behind an argument 'AUTH …'
  remote,      // one less when database and table are one argument: remote('h', d.t, 'u', 'p')
};

constexpr std::uint32_t arg(std::size_t index) noexcept {
  return 1U << index;
}

// A name, with a dot in front of it the schema or package as well.
struct FunctionName {
  // NOLINTNEXTLINE: tables read better
  consteval FunctionName(const char* dotted) {
    const std::string_view name(dotted);
    const std::size_t dot = name.find('.');
    function = Term(name.substr(dot + 1));
    if (dot != std::string_view::npos) package = name.substr(0, dot);
  }

  Term function;
  std::string_view package;
};

struct Call : FunctionName {
  consteval Call(FunctionName name, std::uint32_t arguments_, const Rule& rule_,
                 Twist twist_ = Twist::none)
      : FunctionName(name), arguments(arguments_), rule(rule_), twist(twist_) {}

  std::uint32_t arguments;  // a bit for each that is a credential
  const Rule& rule;
  Twist twist;
};

constexpr std::array calls{
    // PostgreSQL: pgcrypto, pgsodium, vault
    Call{"crypt", arg(0) | arg(1), sql_rule::password_function},
    Call{"pgp_sym_encrypt", arg(1), sql_rule::crypto_key},
    Call{"pgp_sym_encrypt_bytea", arg(1), sql_rule::crypto_key},
    Call{"pgp_sym_decrypt", arg(1), sql_rule::crypto_key},
    Call{"pgp_sym_decrypt_bytea", arg(1), sql_rule::crypto_key},
    Call{"pgp_pub_decrypt", arg(1) | arg(2), sql_rule::crypto_key},
    Call{"pgp_pub_decrypt_bytea", arg(1) | arg(2), sql_rule::crypto_key},
    Call{"encrypt_iv", arg(1), sql_rule::crypto_key},
    Call{"decrypt_iv", arg(1), sql_rule::crypto_key},
    Call{"hmac", arg(1), sql_rule::crypto_key},
    Call{"crypto_secretbox", arg(2), sql_rule::crypto_key},
    Call{"crypto_secretbox_open", arg(2), sql_rule::crypto_key},
    Call{"crypto_aead_det_encrypt", arg(2), sql_rule::crypto_key},
    Call{"crypto_aead_det_decrypt", arg(2), sql_rule::crypto_key},
    Call{"crypto_auth", arg(1), sql_rule::crypto_key},
    Call{"crypto_pwhash", arg(0), sql_rule::password_function},
    Call{"crypto_generichash", arg(1), sql_rule::crypto_key},
    Call{"crypto_shorthash", arg(1), sql_rule::crypto_key},
    Call{"sign", arg(1), sql_rule::crypto_key},    // pgjwt
    Call{"verify", arg(1), sql_rule::crypto_key},  // pgjwt
    Call{"create_aws_credentials", arg(0) | arg(1) | arg(2), sql_rule::cloud_key},
    Call{"create_secret", arg(0), sql_rule::credential_secret},
    Call{"update_secret", arg(1), sql_rule::credential_secret},
    // Oracle; before the plain names, which take other arguments
    Call{"dbms_crypto.encrypt", arg(2), sql_rule::crypto_key},
    Call{"dbms_crypto.decrypt", arg(2), sql_rule::crypto_key},
    Call{"dbms_crypto.mac", arg(2), sql_rule::crypto_key},
    Call{"create_credential", arg(2), sql_rule::credential_secret},
    Call{"utl_smtp.auth", arg(2), sql_rule::credential_secret},
    Call{"utl_smtp.command", arg(2), sql_rule::credential_secret, Twist::after_auth},
    Call{"simple_bind_s", arg(2), sql_rule::credential_secret},
    Call{"apex_authentication.login", arg(1), sql_rule::password_function},
    Call{"is_login_password_valid", arg(1), sql_rule::password_function},
    Call{"change_current_user_pw", arg(0), sql_rule::password_function},
    Call{"apex_util.reset_password", arg(1) | arg(2), sql_rule::password_function},
    Call{"utl_http.set_wallet", arg(1), sql_rule::key_password},
    Call{"set_wallet", arg(1), sql_rule::key_password},
    Call{"utl_http.set_authentication", arg(2), sql_rule::credential_secret},
    // BigQuery
    Call{"aead.encrypt", arg(0), sql_rule::crypto_key},
    Call{"aead.decrypt_string", arg(0), sql_rule::crypto_key},
    Call{"aead.decrypt_bytes", arg(0), sql_rule::crypto_key},
    Call{"deterministic_encrypt", arg(0), sql_rule::crypto_key},
    Call{"deterministic_decrypt_string", arg(0), sql_rule::crypto_key},
    Call{"deterministic_decrypt_bytes", arg(0), sql_rule::crypto_key},
    Call{"keys.add_key_from_raw_bytes", arg(0) | arg(2), sql_rule::crypto_key},
    Call{"keys.keyset_from_json", arg(0), sql_rule::crypto_key},
    Call{"keys.keyset_chain", arg(1), sql_rule::crypto_key},
    // MySQL, MariaDB, Snowflake, ClickHouse, Spark
    Call{"encrypt", arg(1), sql_rule::crypto_key, Twist::mode_first},
    Call{"encrypt", arg(0), sql_rule::password_function, Twist::sole},
    Call{"decrypt", arg(1), sql_rule::crypto_key, Twist::mode_first},
    Call{"trydecrypt", arg(1), sql_rule::crypto_key, Twist::mode_first},
    Call{"try_decrypt", arg(1), sql_rule::crypto_key},
    Call{"encrypt_raw", arg(1), sql_rule::crypto_key},
    Call{"decrypt_raw", arg(1), sql_rule::crypto_key},
    Call{"try_decrypt_raw", arg(1), sql_rule::crypto_key},
    Call{"aes_encrypt", arg(1), sql_rule::crypto_key},
    Call{"aes_decrypt", arg(1), sql_rule::crypto_key},
    Call{"try_aes_decrypt", arg(1), sql_rule::crypto_key},
    Call{"keyring_key_store", arg(2), sql_rule::crypto_key},
    Call{"add_parquet_key", arg(1), sql_rule::crypto_key},
    Call{"aes_encrypt_mysql", arg(1), sql_rule::crypto_key, Twist::mode_first},
    Call{"aes_decrypt_mysql", arg(1), sql_rule::crypto_key, Twist::mode_first},
    Call{"des_encrypt", arg(1), sql_rule::crypto_key},
    Call{"des_decrypt", arg(1), sql_rule::crypto_key},
    Call{"encode", arg(1), sql_rule::crypto_key, Twist::last},
    Call{"decode", arg(1), sql_rule::crypto_key, Twist::last},
    Call{"hmac_md5", arg(1), sql_rule::crypto_key},
    Call{"hmac_sha1", arg(1), sql_rule::crypto_key},
    Call{"hmac_sha256", arg(1), sql_rule::crypto_key},
    Call{"hmac_sha512", arg(1), sql_rule::crypto_key},
    Call{"password", arg(0), sql_rule::password_function},
    Call{"old_password", arg(0), sql_rule::password_function},
    // SQL Server
    Call{"encryptbypassphrase", arg(0), sql_rule::crypto_key},
    Call{"decryptbypassphrase", arg(0), sql_rule::crypto_key},
    Call{"decryptbykeyautocert", arg(1), sql_rule::crypto_key},
    Call{"decryptbykeyautoasymkey", arg(1), sql_rule::crypto_key},
    Call{"decryptbycert", arg(2), sql_rule::crypto_key},
    Call{"decryptbyasymkey", arg(2), sql_rule::crypto_key},
    Call{"signbycert", arg(2), sql_rule::crypto_key},
    Call{"signbyasymkey", arg(2), sql_rule::crypto_key},
    Call{"pwdencrypt", arg(0), sql_rule::password_function},
    Call{"pwdcompare", arg(0) | arg(1), sql_rule::password_function},
    Call{"openrowset", arg(3), sql_rule::linked_server},
    // ClickHouse: table functions and engines
    Call{"s3", arg(1) | arg(2) | arg(3), sql_rule::table_function, Twist::not_format},
    Call{"s3queue", arg(1) | arg(2) | arg(3), sql_rule::table_function, Twist::not_format},
    Call{"s3cluster", arg(2) | arg(3) | arg(4), sql_rule::table_function, Twist::not_format},
    Call{"gcs", arg(1) | arg(2), sql_rule::table_function, Twist::not_format},
    Call{"oss", arg(1) | arg(2), sql_rule::table_function, Twist::not_format},
    Call{"cosn", arg(1) | arg(2), sql_rule::table_function, Twist::not_format},
    Call{"deltalake", arg(1) | arg(2) | arg(3), sql_rule::table_function, Twist::not_format},
    Call{"deltalakes3", arg(1) | arg(2) | arg(3), sql_rule::table_function, Twist::not_format},
    Call{"hudi", arg(1) | arg(2) | arg(3), sql_rule::table_function, Twist::not_format},
    Call{"iceberg", arg(1) | arg(2) | arg(3), sql_rule::table_function, Twist::not_format},
    Call{"icebergs3", arg(1) | arg(2) | arg(3), sql_rule::table_function, Twist::not_format},
    Call{"azureblobstorage", arg(4), sql_rule::table_function, Twist::not_format},
    Call{"azurequeue", arg(4), sql_rule::table_function, Twist::not_format},
    Call{"azureblobstoragecluster", arg(5), sql_rule::table_function, Twist::not_format},
    Call{"icebergazure", arg(4), sql_rule::table_function, Twist::not_format},
    Call{"mysql", arg(4), sql_rule::table_function, Twist::database},
    Call{"postgresql", arg(4), sql_rule::table_function, Twist::database},
    Call{"materializedmysql", arg(3), sql_rule::table_function},
    Call{"materializedpostgresql", arg(4), sql_rule::table_function, Twist::database},
    Call{"mongodb", arg(4), sql_rule::table_function},
    Call{"redis", arg(2) | arg(4), sql_rule::table_function, Twist::not_format},
    Call{"remote", arg(4), sql_rule::table_function, Twist::remote},
    Call{"remotesecure", arg(4), sql_rule::table_function, Twist::remote},
    // MongoDB's shell, Neo4j, SQLite
    Call{"createuser", arg(1), sql_rule::shell_call},
    Call{"user_add", arg(1), sql_rule::password_function},
    Call{"user_change", arg(1), sql_rule::password_function},
    Call{"auth", arg(1), sql_rule::shell_call},
    Call{"changeuserpassword", arg(1), sql_rule::shell_call},
    Call{"adduser", arg(1), sql_rule::shell_call},
};

// Raw keys come as CAST_TO_RAW('…'), but so does any other text. Identifiers come as HEXTORAW('…'):
// there the name must say that it is a key.
constexpr Call hinted_call{"cast_to_raw", arg(0), sql_rule::crypto_key};
constexpr Term hex_call = "hextoraw";

struct Procedure {
  Term name;
  std::uint32_t arguments;
};

constexpr std::array procedures{Procedure{"sp_addlogin", arg(1)},
                                Procedure{"sp_password", arg(0) | arg(1)},
                                Procedure{"sp_setapprole", arg(1)},
                                Procedure{"sp_addapprole", arg(1)},
                                Procedure{"sp_approlepassword", arg(1)},
                                Procedure{"sp_addlinkedsrvlogin", arg(4)},
                                Procedure{"sp_addremotelogin", arg(3)},
                                Procedure{"sp_change_users_login", arg(3)},
                                Procedure{"sp_xp_cmdshell_proxy_account", arg(1)},
                                Procedure{"sp_control_dbmasterkey_password", arg(1)},
                                Procedure{"sp_add_log_shipping_secondary_primary", arg(7)}};

constexpr auto calls_by_name = [] {
  RowIndex<calls.size()> built;
  for (std::size_t row = 0; row < calls.size(); ++row) built.add(calls[row].function, row);
  return built;
}();

bool has_argument(std::uint32_t arguments, std::size_t index) noexcept {
  return index < 32 && (arguments & arg(index)) != 0;
}

bool is_of_package(const Call& call, const Spot& name) noexcept {
  return call.package.empty() || (name.is(1, ".") && equals_folded(name.name(2), call.package));
}

// remote('h', d.t, 'u', 'p'): the second argument brings a dot.
bool has_dotted_table(const Spot& spot) noexcept {
  if (!spot.is(0, ",") || !spot.is_operand(1) || !spot.is(2, ",") || !spot.is_operand(3)) {
    return false;
  }
  return spot.is(4, ".") || spot.name(3).find('.') != std::string_view::npos;
}

std::string_view text_of(const Spot& spot, const SqlToken& token) noexcept {
  return token.kind == SqlTokenKind::text ? name_of(spot.text(), token) : std::string_view{};
}

// Which argument the table calls the one at hand.
std::size_t table_argument(const Call& call, const Spot& spot, const NestingFrame& frame,
                           bool of_database) noexcept {
  const std::size_t index = frame.argument;
  switch (call.twist) {
    case Twist::mode_first:
      return index > 0 && is_algorithm_name(text_of(spot, frame.first)) ? index - 1 : index;
    case Twist::database:
      return of_database ? index + 1 : index;
    case Twist::remote:
      return index == 3 && has_dotted_table(spot) ? index + 1 : index;
    default:
      return index;
  }
}

// key RAW(32) := HEXTORAW(…), key => HEXTORAW(…)
bool assigns_key(const Spot& call) noexcept {
  if (!call.is(1, ":=") && !call.is(1, "=>")) return false;
  const bool sized = call.is(2, ")") && call.is(4, "(");
  const std::string_view name = call.name(sized ? 6 : 2);
  return equals_folded(name, "k") || ends_folded(name, "key");
}

// s3(url, 'CSV', 'a UInt32'): once a format was given, no keys follow.
bool follows_format(const Spot& spot) noexcept {
  for (std::size_t i = 0; spot.is(i, ",") && spot.is_kind(i + 1, SqlTokenKind::text); i += 2) {
    if (is_format_or_structure(spot.name(i + 1))) return true;
  }
  return spot.is(0, ",") && spot.is(1, "nosign");
}

}  // namespace

Position function_position(const Spot& spot, const NestingFrame& frame, bool of_database) noexcept {
  const Spot name(spot.text(), frame.before);
  const auto& rows = calls_by_name.of(frame.function_term);
  for (std::size_t row = rows.next(0); row < calls.size(); row = rows.next(row + 1)) {
    const Call& call = calls[row];
    if (!is_of_package(call, name)) continue;
    if (!has_argument(call.arguments, table_argument(call, spot, frame, of_database))) {
      // What is named with its package has no other meaning.
      if (!call.package.empty()) return {};
      continue;
    }
    if (call.twist == Twist::not_format && follows_format(spot)) return {};
    if (call.twist == Twist::after_auth && !starts_folded(spot.name(1), "auth")) return {};
    const bool last = call.twist == Twist::last || call.twist == Twist::sole;
    return {
        .rule = &call.rule, .last_argument = last, .or_format = call.twist == Twist::not_format};
  }
  if (frame.function_term == hinted_call.function ||
      (frame.function_term == hex_call && assigns_key(name))) {
    return {&hinted_call.rule, Claim::hinted};
  }
  return {};
}

Position procedure_position(const Spot& spot) noexcept {
  // @loginame = 'u': what has a name does not go by its place.
  if (spot.is(0, "=")) return {};
  std::size_t argument = 0;
  for (std::size_t i = 0; i < TokenTrail::capacity; ++i) {
    const SqlToken& token = spot.back(i);
    if (token.kind == SqlTokenKind::end) return {};
    if (spot.is(i, ",")) ++argument;
    if (token.kind != SqlTokenKind::word && token.kind != SqlTokenKind::name) continue;
    const Term name = token.kind == SqlTokenKind::word ? spot.term(i) : term_of(spot.name(i));
    for (const Procedure& procedure : procedures) {
      if (name != procedure.name) continue;
      return has_argument(procedure.arguments, argument)
                 ? Position{&sql_rule::procedure_argument, Claim::certain}
                 : Position{};
    }
  }
  return {};
}

}  // namespace studiosync
