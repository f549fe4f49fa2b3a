#include "core/sanitizer/sql/sql_rule_list.hpp"

#include <array>
#include <vector>

#include "core/sanitizer/sql/sql_rules.hpp"

namespace studiosync {
namespace sql_rule {

const Rule password_clause{
    "sql.password_clause", "Password in CREATE or ALTER USER, ROLE, LOGIN",
    "PASSWORD '…' in a statement that defines an account. Hashes count as well: most servers "
    "accept them in place of the password.",
    "ALTER ROLE app WITH LOGIN PASSWORD 'v9Kq2tLm'", true};
const Rule identified_by{"sql.identified_by", "Password behind IDENTIFIED BY or IDENTIFIED WITH",
                         "IDENTIFIED BY, WITH … BY, WITH … AS and VIA … USING of MySQL, MariaDB, "
                         "ClickHouse and Oracle, quoted or bare.",
                         "CREATE USER app IDENTIFIED BY 'v9Kq2tLm'", true};
const Rule set_password{"sql.set_password", "Password in SET PASSWORD",
                        "SET PASSWORD [FOR account] = '…' gives an account a new password.",
                        "SET PASSWORD FOR app = 'v9Kq2tLm'", true};
const Rule replication_password{
    "sql.replication_password", "Password of a replication source",
    "CHANGE MASTER, CHANGE REPLICATION SOURCE and START REPLICA carry the password with which a "
    "replica logs in at its source.",
    "CHANGE MASTER TO MASTER_PASSWORD = 'v9Kq2tLm'", true};
const Rule key_password{"sql.key_password", "Password that guards a key or certificate",
                        "ENCRYPTION BY PASSWORD, DECRYPTION BY PASSWORD, KEY_SOURCE and the "
                        "binary of a private key.",
                        "CREATE MASTER KEY ENCRYPTION BY PASSWORD = 'v9Kq2tLm'", true};
const Rule credential_secret{
    "sql.credential_secret", "Secret of a stored credential",
    "CREATE CREDENTIAL … SECRET, CREATE SECRET, ADD SECRET and the secrets of integrations.",
    "CREATE CREDENTIAL c WITH IDENTITY = 'app', SECRET = 'v9Kq2tLm'", true};
const Rule option{"sql.option", "Credential among the options of a definition",
                  "An option whose name says password, secret or key, in CREATE, ALTER, ATTACH or "
                  "COPY: user mappings, foreign servers, connections, named collections.",
                  "CREATE USER MAPPING FOR app SERVER s OPTIONS (user 'app', passwd 'v9Kq2tLm')",
                  true};
const Rule cloud_key{"sql.cloud_key", "Cloud key in COPY, UNLOAD or a stage",
                     "Access keys, session tokens, SAS tokens and master keys with which the "
                     "database reads and writes object storage.",
                     "COPY t FROM 'x' SECRET_ACCESS_KEY 'wJa7r+UtnFEMI/K7MDENGbPxRfiCYzq4v9Kq2tLm'",
                     true};
const Rule crypto_key{"sql.crypto_key", "Key of an encryption function",
                      "The argument of an encryption or signing function that is the key or the "
                      "passphrase.",
                      "SELECT pgp_sym_encrypt(note, 'v9Kq2tLm') FROM notes", true};
const Rule password_function{
    "sql.password_function", "Password given to a password function",
    "PASSWORD(), ENCRYPT(), crypt(), PWDENCRYPT(): what they take is a password in the clear.",
    "SELECT OLD_PASSWORD('v9Kq2tLm')", true};
const Rule table_function{"sql.table_function", "Credential of a table function or engine",
                          "s3(), mysql(), remote() and the engines of the same names take user and "
                          "password by position.",
                          "SELECT * FROM mysql('h:3306', 'd', 't', 'app', 'v9Kq2tLm')", true};
const Rule procedure_argument{
    "sql.procedure_argument", "Password given to a system procedure",
    "sp_addlogin, sp_password, sp_setapprole and others take a password by position.",
    "EXEC sp_addlogin 'app', 'v9Kq2tLm'", true};
const Rule linked_server{"sql.linked_server", "Password in OPENROWSET",
                         "OPENROWSET('provider', 'server'; 'user'; 'password', …).",
                         "SELECT * FROM OPENROWSET('SQLNCLI', 'h'; 'app'; 'v9Kq2tLm', 'SELECT 1')",
                         true};
const Rule database_key{"sql.database_key", "Key of an encrypted database file",
                        "PRAGMA key and rekey, ATTACH … KEY: what opens the file.",
                        "PRAGMA key = 'v9Kq2tLm'", true};
const Rule connect_line{"sql.connect_line", "Password in CONNECT user/password",
                        "The client commands CONNECT user/password@database and sqlplus.",
                        "CONNECT app/v9Kq2tLm@orcl", true};
const Rule connect_using{"sql.connect_using", "Password in CONNECT … USER … USING",
                         "CONNECT TO database USER name USING password.",
                         "CONNECT TO sales USER app USING v9Kq2tLm", true};
const Rule named_value{"sql.named_value", "Value of something that is called like a credential",
                       "A literal that is assigned to or compared with a column, variable, "
                       "argument or setting whose name says password, secret or token.",
                       "UPDATE users SET password = 'v9Kq2tLm' WHERE id = 1", true};
const Rule inserted_value{"sql.inserted_value", "Value inserted into a credential column",
                          "The position in VALUES or SELECT that belongs to a column whose name "
                          "says password, secret or token.",
                          "INSERT INTO users (name, password) VALUES ('app', 'v9Kq2tLm')", true};
const Rule aliased_value{"sql.aliased_value", "Literal selected under a credential's name",
                         "'…' AS password.", "SELECT 'v9Kq2tLm' AS password", true};
const Rule default_value{"sql.default_value", "Default of a credential column or argument",
                         "A column, variable or argument whose name says password has a literal as "
                         "default.",
                         "CREATE TABLE u (password varchar(20) DEFAULT 'v9Kq2tLm')", true};
const Rule setting_pair{"sql.setting_pair", "Value next to a name that says credential",
                        "Name and value given as two literals: rows of a table of settings, "
                        "arguments of JSON functions, headers.",
                        "INSERT INTO settings (name, value) VALUES ('smtp_password', 'v9Kq2tLm')",
                        true};
const Rule shell_call{"sql.shell_call", "Password given to a shell function",
                      "db.auth(user, password) and db.changeUserPassword(user, password) of "
                      "MongoDB's shell.",
                      "db.auth('app', 'v9Kq2tLm')", true};
const Rule client_variable{"sql.client_variable", "Client variable called like a credential",
                           "\\set of psql and DEFINE of SQL*Plus.", "\\set pwd 'v9Kq2tLm'", true};
const Rule clause_in_text{
    "sql.clause_in_text", "Credential clause inside of other text",
    "PASSWORD '…', IDENTIFIED BY '…' and their like where the surroundings are prose, a string or "
    "broken SQL; quotes may be doubled or escaped.",
    "Then run it with IDENTIFIED BY ''v9Kq2tLm'' as before.", false};

}  // namespace sql_rule

namespace {

constexpr std::array all_rules{&sql_rule::password_clause, &sql_rule::identified_by,
                               &sql_rule::set_password,    &sql_rule::replication_password,
                               &sql_rule::key_password,    &sql_rule::credential_secret,
                               &sql_rule::option,          &sql_rule::cloud_key,
                               &sql_rule::crypto_key,      &sql_rule::password_function,
                               &sql_rule::table_function,  &sql_rule::procedure_argument,
                               &sql_rule::linked_server,   &sql_rule::database_key,
                               &sql_rule::connect_line,    &sql_rule::connect_using,
                               &sql_rule::named_value,     &sql_rule::inserted_value,
                               &sql_rule::aliased_value,   &sql_rule::default_value,
                               &sql_rule::setting_pair,    &sql_rule::shell_call,
                               &sql_rule::client_variable, &sql_rule::clause_in_text};

// In ordinary SQL these are rare. What stands beside a word, a blank, a quote or a line's end, says
// nothing.
constexpr std::array triggers = std::to_array<std::string_view>(
    {// clauses and names
     "identified", "passw", "passphrase", "passcode", "passkey", "pword", "pwd", "psw", "mdp",
     "secret", "token", "credential", "creds", "_key", "-key", "rekey", "key_id", "key_source",
     "key_string", "account.key", "accesssignature", "pragma", "attach", "auth", "bearer", "cookie",
     "jwt", "sha1_hash", "sha256_hash",
     // the same in other languages
     "kennwort", "contrase", "senha", "wachtwoord", "haslo", "hasło", "heslo", "lösenord",
     "losenord", "adgangskode", "passord", "salasana", "jelsz", "parol", "sifre", "şifre",
     "lozinka", "sandi", "mậtkhẩu", "matkhau", "пароль", "Пароль", "ПАРОЛЬ", "парола", "Парола",
     "лозинка", "κωδικός", "密码", "密碼", "口令", "パスワード", "暗証番号", "비밀번호", "암호",
     "पासवर्ड", "كلمةالمرور", "كلمةالسر", "סיסמה", "סיסמא", "รหัสผ่าน",
     // functions and procedures
     "crypt", "hmac", "encode", "decode", "aead.", "keys.", "signby", "set_wallet", "cast_to_raw",
     "openrowset", "sp_add", "sp_setapprole", "sp_approle", "sp_change_users", "proxy_account",
     "createuser", "adduser", "user_add", "user_change", "simple_bind",
     // table functions and engines
     "s3(", "s3 (", "s3  (", "s3\n", "s3\t", "s3\r", "s3cluster", "s3queue", "cosn", "deltalake",
     "hudi", "iceberg", "mysql", "postgresql", "mongodb", "redis", "remote", "azureblobstorage",
     "azurequeue",
     // client lines
     "conn", "sqlplus", "sqlldr", "expdp", "impdp", "userid",
     // literals in pieces: together they may be a provider's key
     "||", "'+'", "'+ ", "'+\n", "'+\t", "'+n'", "' +", "'  +", "'\n+", "'\t+", "'\r\n+", "+ '",
     "+  '", "+\n'", "+\t'", "+ n'", "' &", "& '", "'&'", "concat",
     // commands in texts
     "program", "cmdshell", "curl", "sqlcmd"});
// Ordinary as the beginning of other words.
constexpr std::array triggers_at_word_end = std::to_array<std::string_view>(
    {"pass", "passe", "pw", "cred", "sas", "pat", "sign", "verify", "gcs", "oss", "rman", "copy"});
// Ordinary in most names.
constexpr std::array triggers_in_names = std::to_array<std::string_view>({"key"});

std::vector<TriggerWord> all_triggers() {
  using enum TriggerWord::Counts;
  std::vector<TriggerWord> words;
  for (const std::string_view word : triggers) words.push_back({word, anywhere});
  for (const std::string_view word : triggers_at_word_end) words.push_back({word, at_word_end});
  for (const std::string_view word : triggers_in_names) words.push_back({word, in_name});
  return words;
}

}  // namespace

std::span<const Rule* const> sql_rules() noexcept {
  return all_rules;
}

std::span<const TriggerWord> sql_trigger_words() {
  static const std::vector<TriggerWord> words = all_triggers();
  return words;
}

}  // namespace studiosync
