#include <algorithm>
#include <array>

#include "core/sanitizer/value/ascii.hpp"
#include "core/sanitizer/value/byte_set.hpp"
#include "core/sanitizer/value/secret_value.hpp"
#include "core/sanitizer/value/word_table.hpp"
#include "core/sanitizer/value/words.hpp"

namespace studiosync {
namespace {

using std::string_view_literals::operator""sv;

// A name that ends with one of these holds a credential, with or without a separator in front.
constexpr std::array named_ends{
    "password"sv, "passwd"sv, "passphrase"sv, "passcode"sv, "pwd"sv, "passwrd"sv, "pswd"sv,
    "passw"sv, "secret"sv,
    // `key` alone is an ordinary word; with these in front it is not.
    "apikey"sv, "accesskey"sv, "secretkey"sv, "secretkeybase"sv, "privatekey"sv, "accountkey"sv,
    "encryptionkey"sv, "decryptionkey"sv, "signingkey"sv, "sharedkey"sv, "storagekey"sv,
    "masterkey"sv, "consumerkey"sv, "subscriptionkey"sv, "presharedkey"sv, "hmackey"sv, "aeskey"sv,
    "footerkeyvalue"sv, "columnkeyvalue"sv, "sharedaccesssignature"sv,
    // `compass` and `bypass` end like them.
    "dbpass"sv, "databasepass"sv, "userpass"sv, "mysqlpass"sv, "pgpass"sv, "rootpass"sv,
    "adminpass"sv, "sshpass"sv, "ftppass"sv, "smtppass"sv, "mailpass"sv, "proxypass"sv,
    "redispass"sv, "storepass"sv, "keypass"sv, "requirepass"sv, "authpass"sv, "dbpw"sv, "userpw"sv,
    "rootpw"sv, "adminpw"sv, "bindpw"sv,
    // The word for password where most of the world's chats are written.
    "passwort"sv, "kennwort"sv, "contraseña"sv, "contraseÑa"sv, "contrasena"sv, "contrasenya"sv,
    "senha"sv, "motdepasse"sv, "wachtwoord"sv, "haslo"sv, "hasło"sv, "heslo"sv, "lösenord"sv,
    "lösenordet"sv, "losenordet"sv, "passordet"sv, "adgangskoden"sv, "losenord"sv, "adgangskode"sv,
    "passord"sv, "salasana"sv, "jelszo"sv, "jelszó"sv, "parola"sv, "parolă"sv, "sifre"sv, "şifre"sv,
    "lozinka"sv, "sandi"sv, "mậtkhẩu"sv, "matkhau"sv, "пароль"sv, "Пароль"sv, "ПАРОЛЬ"sv,
    "парола"sv, "Парола"sv, "лозинка"sv, "κωδικός"sv, "密码"sv, "密碼"sv, "口令"sv, "パスワード"sv,
    "暗証番号"sv, "비밀번호"sv, "암호"sv, "पासवर्ड"sv, "كلمةالمرور"sv, "كلمةالسر"sv, "סיסמה"sv,
    "סיסמא"sv, "รหัสผ่าน"sv};

// In lower case they are told as they stand.
constexpr WordTable<named_ends.size()> plain_names(named_ends);

// Only as a word of its own, at the name's end.
constexpr WordTable named_words{"pass"sv, "pw"sv, "psw"sv, "pword"sv, "mdp"sv, "secrets"sv};

// Says little by itself: only a value that looks random is taken for a credential.
constexpr std::array hinted_ends{
    "token"sv,       "credential"sv,     "credentials"sv, "authorization"sv, "bearer"sv,
    "cookie"sv,      "accesskeyid"sv,    "apikeyid"sv,    "secretkeyid"sv,   "secretid"sv,
    "passkey"sv,     "authkey"sv,        "appkey"sv,      "clientkey"sv,     "serverkey"sv,
    "sessionkey"sv,  "sshkey"sv,         "sslkey"sv,      "tlskey"sv,        "cipherkey"sv,
    "deploykey"sv,   "licensekey"sv,     "servicekey"sv,  "webhookkey"sv,    "securitykey"sv,
    "functionkey"sv, "applicationkey"sv, "projectkey"sv,  "openaikey"sv,     "stripekey"sv,
    "awskey"sv,      "azurekey"sv,       "gcpkey"sv,      "googlekey"sv,     "sessionsecret"sv,
    "authstring"sv};
constexpr WordTable hinted_words{"auth"sv, "jwt"sv, "cred"sv, "creds"sv, "sas"sv, "pat"sv};

// What may follow a credential's name without changing what it is: password_old, API_KEY_PROD.
constexpr WordTable tails{
    "base64"sv,    "b64"sv,          "plain"sv,   "plaintext"sv, "text"sv,        "value"sv,
    "raw"sv,       "string"sv,       "str"sv,     "old"sv,       "new"sv,         "current"sv,
    "confirm"sv,   "confirmation"sv, "again"sv,   "repeat"sv,    "prod"sv,        "production"sv,
    "live"sv,      "staging"sv,      "stage"sv,   "dev"sv,       "development"sv, "test"sv,
    "testing"sv,   "sandbox"sv,      "qa"sv,      "uat"sv,       "main"sv,        "primary"sv,
    "secondary"sv, "replica"sv,      "master"sv,  "admin"sv,     "root"sv,        "app"sv,
    "db"sv,        "database"sv,     "default"sv, "backup"sv,    "param"sv,       "parameter"sv,
    "env"sv,       "ro"sv,           "rw"sv,      "readonly"sv};
// A digest is guarded like a key: it is redacted when it is there, and nothing else is.
constexpr WordTable digest_tails{"hash"sv, "hashed"sv, "digest"sv, "encrypted"sv, "enc"sv};

// `pass` is a credential as the last word (db_pass), unless it is one of these passes.
constexpr WordTable other_passes{
    "first"sv, "second"sv, "third"sv,  "last"sv,     "final"sv,  "single"sv, "multi"sv, "one"sv,
    "two"sv,   "by"sv,     "com"sv,    "low"sv,      "high"sv,   "band"sv,   "over"sv,  "under"sv,
    "sur"sv,   "encom"sv,  "season"sv, "boarding"sv, "render"sv, "next"sv,   "each"sv,  "per"sv};
// Tokens that page, parse or synchronize and let nobody in.
constexpr WordTable other_tokens{
    "page"sv,  "next"sv,         "continuation"sv, "sync"sv,  "pad"sv, "eos"sv,
    "bos"sv,   "unk"sv,          "mask"sv,         "cls"sv,   "sep"sv, "stop"sv,
    "start"sv, "end"sv,          "max"sv,          "min"sv,   "per"sv, "first"sv,
    "last"sv,  "cancellation"sv, "watermark"sv,    "resume"sv};
// A switch or a question about a credential: has_password, forgotPassword.
constexpr WordTable denials{
    "has"sv,      "is"sv,     "no"sv,        "use"sv,   "show"sv,     "hide"sv,    "allow"sv,
    "remember"sv, "can"sv,    "should"sv,    "must"sv,  "needs"sv,    "need"sv,    "require"sv,
    "requires"sv, "forgot"sv, "forgotten"sv, "reset"sv, "validate"sv, "without"sv, "min"sv,
    "max"sv,      "num"sv,    "save"sv,      "ask"sv,   "prompt"sv,   "invalid"sv};

// Ends in the order of two of their bytes, so that a name is compared with few of them.
template <std::size_t n>
class EndTable {
 public:
  explicit constexpr EndTable(const std::array<std::string_view, n>& ends) : ends_(ends) {
    std::sort(ends_.begin(), ends_.end(),
              [](std::string_view left, std::string_view right) { return key(left) < key(right); });
    for (const std::string_view end : ends_) ++first_[key(end) + 1U];
    for (std::size_t i = 1; i < first_.size(); ++i) {
      first_[i] = static_cast<std::uint16_t>(first_[i] + first_[i - 1]);
    }
  }

  // The bytes of the longest end of `flat`; 0 when it has none.
  std::size_t longest(std::string_view flat) const {
    return std::max(longest_of(key(flat), flat), longest_of(short_key, flat));
  }

 private:
  static constexpr std::size_t long_bytes = 4;
  static constexpr std::uint8_t short_key = 0;

  // Told by the last byte and the fourth from the end; too short ones are all alike.
  static constexpr std::uint8_t key(std::string_view text) {
    if (text.size() < long_bytes) return short_key;
    const auto last = static_cast<unsigned char>(text[text.size() - 1]);
    const auto fourth = static_cast<unsigned char>(text[text.size() - long_bytes]);
    return static_cast<std::uint8_t>((last * 37U + fourth * 11U) % 255U + 1U);
  }

  std::size_t longest_of(std::uint8_t key, std::string_view flat) const {
    std::size_t bytes = 0;
    for (std::size_t i = first_[key]; i < first_[key + 1U]; ++i) {
      if (stops_with(flat, ends_[i])) bytes = std::max(bytes, ends_[i].size());
    }
    return bytes;
  }

  std::array<std::string_view, n> ends_;
  // Those with the key k are the ones from first_[k] to first_[k + 1].
  std::array<std::uint16_t, 257> first_{};
};

// Whether a name holds the end of anything that is looked for at its end: most hold none.
class EndFilter {
 public:
  template <class Ends>
  constexpr void add_all(const Ends& ends) {
    for (const std::string_view end : ends) {
      if (end.size() >= gram_bytes) grams_[hash(end.substr(end.size() - gram_bytes))] = true;
    }
  }

  // Never false when one of them does. The one word of two bytes is `pw`.
  constexpr bool may_hold_one(std::string_view flat) const {
    for (std::size_t i = 0; i + gram_bytes <= flat.size(); ++i) {
      if (grams_[hash(flat.substr(i, gram_bytes))]) return true;
    }
    return flat.find("pw") != std::string_view::npos;
  }

 private:
  static constexpr std::size_t gram_bytes = 3;

  static constexpr std::size_t hash(std::string_view gram) {
    const auto byte = [&](std::size_t i) {
      return static_cast<std::uint32_t>(static_cast<unsigned char>(gram[i]));
    };
    return ((byte(0) | byte(1) << 8U | byte(2) << 16U) * 0x9e3779b1U) >> 20U;
  }

  std::array<bool, 1U << 12U> grams_{};
};

constexpr EndFilter end_filter = [] {
  EndFilter filter;
  filter.add_all(named_ends);
  filter.add_all(named_words.words());
  filter.add_all(hinted_ends);
  filter.add_all(hinted_words.words());
  return filter;
}();

constexpr EndTable named_table(named_ends);
constexpr EndTable hinted_table(hinted_ends);

// Whether a word of `denials` stands right in front of the last `bytes` of the name.
bool is_denied(Words words, std::size_t bytes) {
  words.shorten(bytes);
  return denials.has(words.from_end(0));
}

std::optional<Claim> claim_of_words(const Words& words) {
  const std::string_view last = words.from_end(0);
  const std::string_view before = words.from_end(1);
  if (named_words.has(last)) {
    if (last == "pass" && (other_passes.has(before) || denials.has(before))) return {};
    return Claim::named;
  }
  if (hinted_words.has(last)) return Claim::hinted;
  const std::size_t hinted = hinted_table.longest(words.flat());
  const std::size_t named = named_table.longest(words.flat());
  if (hinted == 0 && named == 0) return {};
  if (is_denied(words, std::max(named, hinted))) return {};
  if (last == "token" && other_tokens.has(before)) return {};
  return named > hinted ? Claim::named : Claim::hinted;
}

bool drop_digits(Words& words) {
  const std::string_view flat = words.flat();
  const std::size_t letters = find_last_not_of(flat, "0123456789"_bytes);
  if (letters == std::string_view::npos || letters + 1 == flat.size()) return false;
  words.shorten(flat.size() - letters - 1);
  return true;
}

}  // namespace

std::optional<Claim> claim_of_name(std::string_view name) noexcept {
  if (plain_names.has(name)) return Claim::named;
  constexpr int tails_max = 3;
  Words words(name);
  if (!end_filter.may_hold_one(words.flat())) return {};
  bool digest = false;
  for (int i = 0; i <= tails_max && words.count() > 0; ++i) {
    if (const std::optional<Claim> claim = claim_of_words(words)) {
      return digest ? Claim::hinted : *claim;
    }
    digest = digest || digest_tails.has(words.from_end(0));
    if (tails.has(words.from_end(0)) || digest_tails.has(words.from_end(0))) {
      words.drop_last();
    } else if (!drop_digits(words)) {
      return {};
    }
  }
  return {};
}

std::vector<CredentialEnding> credential_endings() {
  std::vector<CredentialEnding> endings;
  const auto add = [&](const auto& words, bool whole) {
    for (const std::string_view word : words) endings.push_back({word, whole});
  };
  add(named_ends, false);
  add(hinted_ends, false);
  add(named_words.words(), true);
  add(hinted_words.words(), true);
  return endings;
}

}  // namespace studiosync
