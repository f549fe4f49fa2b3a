#include "core/sanitizer/sql/word_tables.hpp"

#include <array>

#include "core/sanitizer/sql/word_set.hpp"

namespace studiosync {
namespace {

using std::string_view_literals::operator""sv;

// With a size, mode or the like behind: `sha2_256`, `aes-cbc/pad:pkcs`, `cipher-algo=aes256`.
constexpr std::array algorithm_starts{"sha1"sv,
                                      "sha2"sv,
                                      "sha3"sv,
                                      "sha5"sv,
                                      "sha"sv,
                                      "aes"sv,
                                      "md5"sv,
                                      "md4"sv,
                                      "md2"sv,
                                      "hmac-sha"sv,
                                      "hmac_sha"sv,
                                      "des"sv,
                                      "desx"sv,
                                      "3des"sv,
                                      "triple_des"sv,
                                      "blowfish"sv,
                                      "bcrypt"sv,
                                      "xdes"sv,
                                      "crc"sv,
                                      "xxhash"sv,
                                      "ecb"sv,
                                      "cbc"sv,
                                      "gcm"sv,
                                      "ctr"sv,
                                      "utf"sv,
                                      "utf8mb"sv,
                                      "us-ascii"sv,
                                      "iso-8859"sv,
                                      "iso8859"sv,
                                      "latin"sv,
                                      "windows"sv,
                                      "ripemd"sv,
                                      "whirlpool"sv,
                                      "blake2b"sv,
                                      "blake2s"sv,
                                      "cipher-algo"sv,
                                      "camellia"sv,
                                      "koi"sv,
                                      "gbk"sv,
                                      "sjis"sv,
                                      "euc"sv,
                                      "shift"sv,
                                      "chacha"sv,
                                      "compress-algo"sv,
                                      "s2k-mode"sv,
                                      "s2k-cipher-algo"sv,
                                      "cast"sv,
                                      "mysql_native_password"sv,
                                      "caching_sha2_password"sv,
                                      "sha256_password"sv,
                                      "base"sv,
                                      "argon2"sv,
                                      "argon2id"sv,
                                      "pbkdf2"sv,
                                      "scrypt"sv};
// With a number behind: cp1252.
constexpr std::array code_pages{"cp"sv, "gb"sv, "big"sv, "ibm"sv};
constexpr WordSet algorithms{"bf"sv,    "sha"sv, "hex"sv,  "escape"sv, "base32"sv,  "binary"sv,
                             "ascii"sv, "rsa"sv, "pkcs"sv, "none"sv,   "default"sv, "unicode"sv,
                             "rc4"sv,   "rc2"sv, "sm4"sv,  "sha224"sv};
constexpr std::size_t algorithm_bytes_max = 32;

// Parts of names, so that `hash_password` and `fn_encode64` count.
constexpr std::array wrapper_parts{"hash"sv,   "crypt"sv,  "pass"sv, "sha"sv,
                                   "md5"sv,    "digest"sv, "hmac"sv, "encod"sv,
                                   "base64"sv, "bytea"sv,  "_raw"sv, "decode"sv};
constexpr TermSet wrappers{"cast",
                           "convert",
                           "coalesce",
                           "nvl",
                           "ifnull",
                           "isnull",
                           "nullif",
                           "upper",
                           "lower",
                           "trim",
                           "rtrim",
                           "ltrim",
                           "btrim",
                           "reverse",
                           "hex",
                           "unhex",
                           "rawtohex",
                           "hextoraw",
                           "quote",
                           "quote_literal",
                           "binary",
                           "convert_to",
                           "convert_from",
                           "to_binary",
                           "to_char",
                           "to_nchar",
                           "dearmor",
                           "try_cast",
                           "tostring",
                           "string",
                           "char",
                           "text",
                           "row",
                           "any",
                           "all",
                           "some",
                           "any_value",
                           "from_hex",
                           "array",
                           "list_value",
                           "array_construct",
                           "quote_nullable",
                           "quotename",
                           "to_hex",
                           "b",
                           "x"};
constexpr TermSet concatenations{"concat", "concat_ws", "textcat", "strcat"};

constexpr std::array format_starts{
    "csv"sv,       "tsv"sv,    "tabsep"sv,  "json"sv,      "bson"sv,      "parquet"sv,
    "orc"sv,       "avro"sv,   "arrow"sv,   "native"sv,    "rowbinary"sv, "protobuf"sv,
    "capnproto"sv, "lineas"sv, "rawblob"sv, "customsep"sv, "msgpack"sv,   "template"sv,
    "regexp"sv,    "values"sv, "npy"sv,     "xml"sv,       "vertical"sv};
constexpr WordSet formats{"auto"sv, "gzip"sv, "gz"sv,  "zstd"sv, "zst"sv, "lz4"sv, "snappy"sv,
                          "br"sv,   "xz"sv,   "bz2"sv, "none"sv, "one"sv, "form"sv};
constexpr std::array column_types{
    " uint"sv,    " int"sv,     " string"sv, " float"sv, " date"sv, " nullable("sv,   " array("sv,
    " lowcard"sv, " decimal"sv, " uuid"sv,   " map("sv,  " bool"sv, " fixedstring"sv, " tuple("sv};

constexpr TermSet type_words{
    "varchar",   "varchar2",   "nvarchar", "nvarchar2", "char",    "nchar", "text",
    "tinytext",  "mediumtext", "longtext", "string",    "clob",    "nclob", "bytea",
    "varying",   "character",  "constant", "not",       "null",    "blob",  "raw",
    "varbinary", "binary",     "sysname",  "citext",    "nonnull", "in",    "out",
    "inout",     "collate",    "max",      "byte",      "unique",  "ntext", "fixedstring",
    "encrypted", "set"};

constexpr std::array external_plugins{"pam"sv,     "socket"sv, "gssapi"sv,  "kerberos"sv,  "ldap"sv,
                                      "windows"sv, "openid"sv, "awsauth"sv, "named_pipe"sv};
constexpr std::size_t plugin_bytes_max = 64;

template <class Table>
bool starts_with_any(const Table& table, std::string_view word) noexcept {
  return std::any_of(table.begin(), table.end(),
                     [&](std::string_view start) { return starts_folded(word, start); });
}

bool begins_with_word(std::string_view value, std::string_view lower) noexcept {
  if (!starts_folded(value, lower)) return false;
  return value.size() == lower.size() || !is_letter(value[lower.size()]);
}

// utf8mb4 and iso8859p15 have letters behind a digit, a key has more of them.
bool is_numbered_name(std::string_view value) noexcept {
  constexpr std::size_t letters_max = 2;
  std::size_t turns = 0;
  for (std::size_t at = 1; at < value.size(); ++at) {
    if (!is_digit(value[at - 1]) || !is_letter(value[at])) continue;
    std::size_t end = at;
    while (end < value.size() && is_letter(value[end])) ++end;
    std::size_t digits = end;
    while (digits < value.size() && is_digit(value[digits])) ++digits;
    if (++turns > 1 || end - at > letters_max || digits - end > letters_max) return false;
  }
  return true;
}

bool is_code_page(std::string_view value) noexcept {
  const std::size_t digits = std::min(value.find_first_of("0123456789"), value.size());
  return contains_folded(code_pages, value.substr(0, digits)) &&
         std::all_of(value.begin() + static_cast<std::ptrdiff_t>(digits), value.end(), is_digit);
}

bool has_letters_of_names(std::string_view value) noexcept {
  return std::all_of(value.begin(), value.end(), [](char c) {
    return is_word_char(c) || std::string_view("-/:,=. ").find(c) != std::string_view::npos;
  });
}

constexpr bool holds_folded(std::string_view text, std::string_view lower) noexcept {
  for (std::size_t at = 0; at + lower.size() <= text.size(); ++at) {
    if (starts_folded(text.substr(at), lower)) return true;
  }
  return false;
}

template <class Table>
constexpr bool holds_any(const Table& table, std::string_view text) noexcept {
  return std::any_of(table.begin(), table.end(),
                     [&](std::string_view part) { return holds_folded(text, part); });
}

// More steps than clang takes when it compiles.
const auto wrapper_terms = [] {
  std::array<bool, Term::count> wraps{};
  for (std::size_t index = 1; index < Term::count; ++index) {
    const Term term = Term::at(index);
    wraps[index] = wrappers.has(term) || concatenations.has(term) ||
                   holds_any(wrapper_parts, vocabulary[index - 1]);
  }
  return wraps;
}();

}  // namespace

bool is_algorithm_name(std::string_view value) noexcept {
  if (value.size() > algorithm_bytes_max) return false;
  return contains_folded(algorithms, value) || is_code_page(value) ||
         (has_letters_of_names(value) && is_numbered_name(value) &&
          std::any_of(algorithm_starts.begin(), algorithm_starts.end(),
                      [&](std::string_view start) { return begins_with_word(value, start); }));
}

bool is_wrapper(std::string_view function, Term term) noexcept {
  constexpr std::size_t name_bytes_max = 128;
  if (term) return wrapper_terms[term.index()];
  return function.size() <= name_bytes_max && holds_any(wrapper_parts, function);
}

bool is_concatenation(Term function) noexcept {
  return concatenations.has(function);
}

bool is_format_or_structure(std::string_view value) noexcept {
  constexpr std::size_t format_bytes_max = 48;
  constexpr std::size_t structure_bytes_max = 256;
  const bool letters = std::all_of(value.begin(), value.end(), is_letter);
  if (letters && value.size() <= format_bytes_max && starts_with_any(format_starts, value)) {
    return true;
  }
  return contains_folded(formats, value) ||
         holds_any(column_types, value.substr(0, structure_bytes_max));
}

bool is_external_plugin(std::string_view plugin) noexcept {
  return holds_any(external_plugins, plugin.substr(0, plugin_bytes_max));
}

bool is_type_word(Term word) noexcept {
  return type_words.has(word);
}

}  // namespace studiosync
