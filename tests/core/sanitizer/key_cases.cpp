#include "tests/core/sanitizer/key_cases.hpp"

#include <array>

#include "core/base/json.hpp"

namespace studiosync {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::array credentials{"password"sv,
                                 "Password"sv,
                                 "PASSWORD"sv,
                                 "pAsSwOrD"sv,
                                 "pass_word"sv,
                                 "p-a-s-s-w-o-r-d"sv,
                                 "pass\u200Bword"sv,
                                 "password2"sv,
                                 "passwords"sv,
                                 "passwd"sv,
                                 "pwd"sv,
                                 "pass"sv,
                                 "PGPASSWORD"sv,
                                 "MYSQL_PWD"sv,
                                 "db_password"sv,
                                 "dbPassword"sv,
                                 "db.pass"sv,
                                 "dbpass"sv,
                                 "userPass"sv,
                                 "sshPassphrase"sv,
                                 "passphrase"sv,
                                 "secret"sv,
                                 "secrets"sv,
                                 "client_secret"sv,
                                 "clientSecret"sv,
                                 "token"sv,
                                 "access_token"sv,
                                 "accessTokens"sv,
                                 "refreshToken"sv,
                                 "x-auth-token"sv,
                                 "api_key"sv,
                                 "apikey"sv,
                                 "APIKey"sv,
                                 "x-api-key"sv,
                                 "X Api Key"sv,
                                 "aws_secret_access_key"sv,
                                 "access_key"sv,
                                 "private_key"sv,
                                 "private_key_pem"sv,
                                 "ssh_key"sv,
                                 "sshPrivateKey"sv,
                                 "ssl_key"sv,
                                 "tls_cert_key"sv,
                                 "encryption.key"sv,
                                 "authorization"sv,
                                 "Proxy-Authorization"sv,
                                 "cookie"sv,
                                 "Set-Cookie"sv,
                                 "credentials"sv,
                                 "password_hash"sv};

constexpr std::array harmless{"key"sv,
                              "tokens"sv,
                              "token_count"sv,
                              "tokenCount"sv,
                              "max_tokens"sv,
                              "prompt_tokens"sv,
                              "tokenizer"sv,
                              "primary_key"sv,
                              "primaryKey"sv,
                              "foreign_key"sv,
                              "public_key"sv,
                              "ssh_public_key"sv,
                              "sort_key"sv,
                              "keyboard"sv,
                              "hotkey"sv,
                              "monkey"sv,
                              "compass"sv,
                              "comPass"sv,
                              "bypass"sv,
                              "pass_rate"sv,
                              "passRate"sv,
                              "pass_through"sv,
                              "first_pass"sv,
                              "passenger"sv,
                              "passive"sv,
                              "password_policy"sv,
                              "passwordPolicy"sv,
                              "secretary"sv,
                              "author"sv,
                              "authMechanism"sv,
                              "auth_source"sv,
                              "use_ssh"sv,
                              "ssh_host"sv,
                              "ssh_port"sv,
                              "ssh_user"sv,
                              "ssl_mode"sv,
                              "sslrootcert"sv,
                              "cookie_policy"sv,
                              "username"sv,
                              "application_name"sv,
                              ""sv,
                              "42"sv,
                              "größe"sv};

}  // namespace

std::span<const std::string_view> credential_keys() {
  return credentials;
}
std::span<const std::string_view> harmless_keys() {
  return harmless;
}

std::string record_with(std::string_view key) {
  return Json::object().set("metadata", Json::object().set(std::string(key), "x")).dump();
}

}  // namespace studiosync
