// The rules that have a recognizer of their own, as the documentation shows them. The first three
// are about JSON as such: their examples are whole contents, all others texts within.
#pragma once

#include "core/sanitizer/hit.hpp"

namespace studiosync::validator {

inline constexpr Rule key_rule{
    .id = "validator.key",
    .title = "Member that is named like a credential",
    .why =
        "A key of the JSON text that names a password, secret, token or key, whatever its value.",
    .example = R"({"password":"w7Kq2mZx"})"};

inline constexpr Rule setting_rule{
    .id = "validator.pair",
    .title = "Setting that is named like a credential",
    .why = "An object of the form {name, value} whose name is that of a credential.",
    .example = R"({"name":"api_key","value":"w7Kq2mZx"})"};

inline constexpr Rule unreadable_rule{.id = "validator.unreadable",
                                      .title = "Text that is no JSON",
                                      .why = "What cannot be taken apart cannot be called clean.",
                                      .example = R"({"name":)"};

inline constexpr Rule uri_rule{
    .id = "validator.uri_password",
    .title = "Password in a URI",
    .why =
        "A URI of the form scheme://user:password@host (RFC 3986 section 3.2.1) whose password "
        "is no placeholder.",
    .example = "postgres://app:w7Kq2mZx@db.internal/shop"};

inline constexpr Rule jwt_rule{
    .id = "validator.jwt",
    .title = "JSON Web Token",
    .why = "A signed or encrypted token in compact form (RFC 7519): its bearer is logged in.",
    .example = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0NzExIn0.3q2-7wABq0lKx9VbZrTn5cYpWmHdEuGs"};

inline constexpr Rule bearer_rule{
    .id = "validator.bearer_header",
    .title = "Bearer token in a header",
    .why = "`Bearer` (RFC 6750) followed by a value that looks generated.",
    .example = "Authorization: Bearer 9fT2kLq7ZxB4mNc8RvW1"};

inline constexpr Rule basic_rule{
    .id = "validator.basic_header",
    .title = "User and password in a header",
    .why = "`Basic` (RFC 7617) followed by what decodes to user:password.",
    .example = "Authorization: Basic YXBwOnc3S3EybVp4"};

inline constexpr Rule pem_rule{
    .id = "validator.private_key",
    .title = "Private key in PEM form",
    .why =
        "BEGIN … PRIVATE KEY (RFC 7468, OpenSSH, OpenPGP) followed by Base64, with line breaks "
        "as such or escaped.",
    .example =
        "-----BEGIN PRIVATE KEY-----\n"
        "MC4CAQAwBQYDK2VwBCIEIKp3vTq8Zx1LmN0bRcW7yHdJfUoSgEaQ5tXiVn2k\n"
        "-----END PRIVATE KEY-----"};

inline constexpr Rule putty_rule{
    .id = "validator.putty_key",
    .title = "Private key in PuTTY's form",
    .why = "Private-Lines of a .ppk file, followed by Base64.",
    .example = "Private-Lines: 1\nAAAAgKp3vTq8Zx1LmN0bRcW7yHdJfUoSgEaQ5tXiVn2k\n"};

inline constexpr Rule identified_rule{
    .id = "validator.identified_by",
    .title = "Password behind IDENTIFIED BY",
    .why =
        "IDENTIFIED [WITH plugin] BY or AS '…' of MySQL, MariaDB, Oracle and ClickHouse, the "
        "password or its hash.",
    .example = "CREATE USER app IDENTIFIED BY 'w7Kq2mZx'",
    .example_is_sql = true};

inline constexpr Rule pragma_rule{
    .id = "validator.pragma_key",
    .title = "Key of an encrypted database",
    .why = "PRAGMA key or rekey of SQLCipher and other encryptions of SQLite.",
    .example = "PRAGMA key = 'w7Kq2mZx'",
    .example_is_sql = true};

inline constexpr Rule clause_rule{
    .id = "validator.password_clause",
    .title = "Password or secret in a SQL clause",
    .why =
        "PASSWORD [=] '…', BY PASSWORD = '…', SECRET = '…', SECRET_ACCESS_KEY '…' in a statement "
        "that hands out credentials, or SET PASSWORD = '…'.",
    .example = "ALTER ROLE app WITH PASSWORD 'w7Kq2mZx'",
    .example_is_sql = true};

inline constexpr Rule assignment_rule{
    .id = "validator.assignment",
    .title = "Password or key that is assigned",
    .why =
        "A quoted value assigned to the name of a password, secret or key, that looks chosen or "
        "generated.",
    .example = "db_password: \"w7Kq2mZx\""};

inline constexpr Rule pair_rule{
    .id = "validator.connection_setting",
    .title = "Password or key in a connection string",
    .why =
        "password=…, pwd=…, AccountKey=…, SharedAccessKey=…, aws_secret_access_key=… with a bare "
        "value, among other settings or with one that looks generated.",
    .example = "Server=db;Uid=app;Pwd=w7Kq2mZx;"};

}  // namespace studiosync::validator
