#include "core/sanitizer/value/keys.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace studiosync {
namespace {

using std::string_view_literals::operator""sv;

// Wherever they stand in a key: no other word contains them.
constexpr std::array telling_words{"password"sv, "passwd"sv, "passphrase"sv, "passcode"sv,
                                   "credential"sv};

// A key that ends with one of these names a credential, also in the plural.
constexpr std::array telling_ends{
    "pwd"sv, "secret"sv, "authorization"sv, "basicauth"sv, "cookie"sv, "bearer"sv, "jwt"sv,
    "keytab"sv, "keymaterial"sv,
    // `key` alone is an ordinary word; with these in front it is not.
    "apikey"sv, "accesskey"sv, "secretkey"sv, "privatekey"sv, "sshkey"sv, "sslkey"sv, "tlskey"sv,
    "certkey"sv, "certificatekey"sv, "clientkey"sv, "serverkey"sv, "accountkey"sv, "storagekey"sv,
    "sharedkey"sv, "sessionkey"sv, "authkey"sv, "appkey"sv, "applicationkey"sv, "encryptionkey"sv,
    "decryptionkey"sv, "cipherkey"sv, "signingkey"sv, "masterkey"sv, "rsakey"sv, "aeskey"sv,
    "hmackey"sv, "pemkey"sv, "passkey"sv, "deploykey"sv, "openaikey"sv, "anthropickey"sv,
    "awskey"sv, "azurekey"sv, "gcpkey"sv, "stripekey"sv,
    // `tokens` alone counts the words of a chat; these are the other kind.
    "accesstoken"sv, "authtoken"sv, "refreshtoken"sv, "bearertoken"sv, "sessiontoken"sv,
    "apitoken"sv, "idtoken"sv,
    // Written without a separator; `compass` and `bypass` end like them.
    "dbpass"sv, "databasepass"sv, "userpass"sv, "mysqlpass"sv, "pgpass"sv, "rootpass"sv,
    "adminpass"sv, "sshpass"sv, "ftppass"sv, "smtppass"sv, "proxypass"sv};

// Only in the singular.
constexpr std::string_view telling_singular = "token";

// A key that ends with one of these says something about a credential and does not hold it.
constexpr std::array harmless_ends{
    "policy"sv,   "policies"sv, "length"sv,   "count"sv,     "required"sv,  "enabled"sv,
    "disabled"sv, "expiry"sv,   "expires"sv,  "expiresat"sv, "expiresin"sv, "expiration"sv,
    "expired"sv,  "rotation"sv, "strength"sv, "limit"sv,     "type"sv,      "url"sv,
    "uri"sv,      "endpoint"sv, "path"sv,     "rate"sv,      "usage"sv,     "budget"sv,
    "days"sv,     "hours"sv,    "minutes"sv,  "seconds"sv,   "version"sv,   "algorithm"sv,
    "method"sv,   "mode"sv,     "format"sv,   "label"sv,     "name"sv,      "manager"sv,
    "provider"sv, "source"sv,   "prompt"sv,   "field"sv,     "column"sv,    "changedat"sv,
    "updatedat"sv};

// What may follow a credential's name without changing what it is: private_key_pem, password_old.
constexpr std::array tails{"pem"sv,     "base64"sv,  "b64"sv,          "plain"sv, "plaintext"sv,
                           "text"sv,    "value"sv,   "data"sv,         "raw"sv,   "hash"sv,
                           "hashed"sv,  "enc"sv,     "encrypted"sv,    "old"sv,   "new"sv,
                           "current"sv, "confirm"sv, "confirmation"sv, "id"sv,    "file"sv,
                           "string"sv,  "content"sv, "header"sv};

// `pass` is a credential as the last word (db_pass), unless it is one of these passes.
constexpr std::array other_passes{
    "first"sv, "second"sv, "third"sv, "last"sv,   "final"sv,    "single"sv, "multi"sv, "one"sv,
    "two"sv,   "by"sv,     "com"sv,   "low"sv,    "high"sv,     "band"sv,   "tres"sv,  "over"sv,
    "under"sv, "sur"sv,    "encom"sv, "season"sv, "boarding"sv, "render"sv};

constexpr std::array bare_keys{"key"sv, "keys"sv, "keydata"sv};
constexpr std::array key_owners{"ssh"sv,        "sshtunnel"sv, "ssl"sv,         "tls"sv,
                                "api"sv,        "cert"sv,      "certificate"sv, "clientcert"sv,
                                "encryption"sv, "signing"sv};
constexpr std::array pair_names{"key"sv,       "name"sv,     "field"sv,  "option"sv,  "param"sv,
                                "parameter"sv, "property"sv, "header"sv, "variable"sv};
constexpr std::array pair_values{"value"sv, "val"sv};

bool lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool digit(char c) {
  return c >= '0' && c <= '9';
}

// A key without case and separators, and where its words begin.
class FoldedKey {
 public:
  explicit FoldedKey(std::string_view key) {
    bool separated = true;
    for (std::size_t i = 0; i < key.size(); ++i) {
      const char c = key[i];
      if (!lower(c) && !upper(c) && !digit(c)) {
        separated = true;
        continue;
      }
      if (separated || starts_camel_word(key, i)) starts_.push_back(flat_.size());
      flat_.push_back(upper(c) ? static_cast<char>(c - 'A' + 'a') : c);
      separated = false;
    }
  }

  std::string_view flat() const { return flat_; }
  std::size_t words() const { return starts_.size(); }
  // Counted from the end: 0 is the last one.
  std::string_view word(std::size_t from_end) const {
    const std::size_t i = starts_.size() - 1 - from_end;
    const std::size_t end = from_end == 0 ? flat_.size() : starts_[i + 1];
    return flat().substr(starts_[i], end - starts_[i]);
  }

  void shorten(std::size_t bytes) {
    flat_.resize(flat_.size() - bytes);
    while (!starts_.empty() && starts_.back() >= flat_.size()) starts_.pop_back();
  }

 private:
  // `sshKey` begins a word at K, and so does `APIKey`.
  static bool starts_camel_word(std::string_view key, std::size_t i) {
    if (i == 0 || !upper(key[i])) return false;
    return lower(key[i - 1]) || digit(key[i - 1]) || (i + 1 < key.size() && lower(key[i + 1]));
  }

  std::string flat_;
  std::vector<std::size_t> starts_;
};

// Whether a key is this word but for case and separators.
bool folds_to(std::string_view key, std::string_view word) {
  std::size_t matched = 0;
  for (const char c : key) {
    if (!lower(c) && !upper(c) && !digit(c)) continue;
    const char folded = upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
    if (matched == word.size() || folded != word[matched]) return false;
    ++matched;
  }
  return matched == word.size();
}

template <class Words>
bool folds_to_one_of(const Words& words, std::string_view key) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return folds_to(key, word); });
}

template <class Words>
bool one_of(const Words& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

template <class Words>
bool ends_with_one_of(const Words& words, std::string_view flat) {
  // The last letter rules nearly all of them out without a call.
  return !flat.empty() && std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return word.back() == flat.back() && flat.ends_with(word);
  });
}

bool contains_telling_word(std::string_view flat) {
  return std::any_of(telling_words.begin(), telling_words.end(), [&](std::string_view word) {
    return flat.find(word) != std::string_view::npos;
  });
}

bool is_pass(const FoldedKey& key) {
  if (key.flat() == "pass") return true;
  if (key.words() < 2 || key.word(0) != "pass") return false;
  return !one_of(other_passes, key.word(1));
}

bool tells(const FoldedKey& key) {
  std::string_view flat = key.flat();
  if (flat.ends_with(telling_singular) || is_pass(key)) return true;
  if (ends_with_one_of(telling_ends, flat)) return true;
  if (!flat.ends_with('s')) return false;
  flat.remove_suffix(1);
  return flat == "pass" || ends_with_one_of(telling_ends, flat);
}

// Cuts off the end what changes nothing, one word or digit (password2); false when there is none.
bool cut_tail(FoldedKey& key) {
  for (const std::string_view tail : tails) {
    if (key.flat().size() > tail.size() && key.flat().ends_with(tail)) {
      key.shorten(tail.size());
      return true;
    }
  }
  if (key.flat().empty() || !digit(key.flat().back())) return false;
  key.shorten(1);
  return true;
}

}  // namespace

bool names_credential(std::string_view key) noexcept {
  FoldedKey folded(key);
  if (ends_with_one_of(harmless_ends, folded.flat())) return false;
  if (contains_telling_word(folded.flat())) return true;
  do {
    if (tells(folded)) return true;
  } while (cut_tail(folded));
  return false;
}

bool names_credential_within(std::string_view parent, std::string_view key) noexcept {
  return folds_to_one_of(bare_keys, key) && folds_to_one_of(key_owners, parent);
}

bool holds_pair_name(std::string_view key) noexcept {
  return folds_to_one_of(pair_names, key);
}

bool holds_pair_value(std::string_view key) noexcept {
  return folds_to_one_of(pair_values, key);
}

}  // namespace studiosync
