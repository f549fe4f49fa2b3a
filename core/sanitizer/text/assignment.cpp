#include "core/sanitizer/text/assignment.hpp"

#include <algorithm>
#include <array>

#include "core/sanitizer/text/bare_value.hpp"
#include "core/sanitizer/text/joints.hpp"
#include "core/sanitizer/text/line.hpp"
#include "core/sanitizer/text/login_pair.hpp"
#include "core/sanitizer/text/names.hpp"
#include "core/sanitizer/text/pairs.hpp"
#include "core/sanitizer/text/quotes.hpp"
#include "core/sanitizer/text/sentence.hpp"
#include "core/sanitizer/text/table.hpp"
#include "core/sanitizer/text/vague_name.hpp"
#include "core/sanitizer/value/ascii.hpp"
#include "core/sanitizer/value/byte_set.hpp"

namespace studiosync {
namespace {

constexpr Rule assignment_rule{
    .id = "text.assignment",
    .title = "Credential assigned to a name",
    .why =
        "The name says that the value is a password, secret or key. Under weak names (token, "
        "auth) only values that look random count.",
    .example = "\"client_secret\": \"Wq7-hT2p-Zk1L\"",
    .catch_all = true};
constexpr Rule option_rule{.id = "text.command_option",
                           .title = "Credential in an option of a command",
                           .why =
                               "A command line with --password or --token shows it to everyone "
                               "who reads the text or the list of processes.",
                           .example = "backup --user bob --password Wq7-hT2p"};
constexpr Rule pair_rule{
    .id = "text.name_value_pair",
    .title = "Credential in an element or a name and value pair",
    .why = "XML, property lists and deployment files write the name and its value apart.",
    .example = "<property name=\"password\" value=\"Wq7-hT2p\"/>"};

constexpr std::array rules{&assignment_rule, &option_rule, &pair_rule, &table_rule};

bool report(TextScan& scan, const Rule& rule, const Extent& found) {
  add_hit(scan.hits, rule, found.begin, found.end);
  scan.word_end = std::max(scan.word_end, found.end);
  return true;
}

// <a accesskey="n"> and private_key: "RSAPrivateKey": a key is neither that short nor named so.
bool is_no_key(std::string_view name, std::string_view value) {
  constexpr std::size_t key_bytes_min = 4;
  if (!ends_folded(name, "key")) return false;
  return value.size() < key_bytes_min || (ends_folded(value, "key") && claim_of_name(value));
}

// Use `-p` to be asked for the password: `mysql -p orders`.
bool quotes_command(std::string_view text, std::size_t quote, std::string_view value) {
  return text[quote] == '`' && value.find(" -") != std::string_view::npos;
}

bool report_if_secret(TextScan& scan, const Rule& rule, const CredentialName& name,
                      const std::optional<Extent>& found) {
  if (!found) return false;
  const std::string_view value = scan.text.substr(found->begin, found->end - found->begin);
  if (is_no_key(name.in(scan.text), value)) return false;
  return is_secret(value, name.claim) && report(scan, rule, *found);
}

// In SQL a text in double quotes may be a column's name: password = "new_password".
bool may_be_column(const TextScan& scan, std::size_t quote, std::string_view value) {
  return scan.kind == TextKind::code && scan.text[quote] == '"' && claim_of_name(value).has_value();
}

// print("Password: ", x): the quote behind the name closes the text in which the name stands.
bool closes_text(const TextScan& scan, const CredentialName& name, const Quoted& quoted) {
  constexpr std::size_t line_bytes_max = 256;
  const char quote = scan.text[quoted.begin - 1];
  const std::string_view body = scan.text.substr(quoted.begin, 1);
  if (!body.empty() && !" ,;)+.:]}\r\n"_bytes.has(body.front())) return false;
  const std::string_view line = line_before(scan.text, name.begin, line_bytes_max);
  return std::count(line.begin(), line.end(), quote) % 2 == 1;
}

// `with password "Hunter2"`, not `SELECT password "Password 1"`.
bool is_beside(std::string_view value) {
  constexpr std::size_t value_bytes_min = 6;
  return value.size() >= value_bytes_min && std::none_of(value.begin(), value.end(), is_space) &&
         std::any_of(value.begin(), value.end(), is_digit) &&
         value.find('(') == std::string_view::npos;
}

// True when a quote stands there, whether or not it opens a credential.
bool recognize_quoted(TextScan& scan, const Rule& rule, const CredentialName& name,
                      const Joined& joined) {
  const std::optional<Quoted> quoted = read_quoted(scan.text, joined.value);
  if (!quoted) return false;
  const std::string_view value = scan.text.substr(quoted->begin, quoted->end - quoted->begin);
  if (!joined.quoted_name && closes_text(scan, name, *quoted)) return true;
  const bool beside = joined.joint == Joint::beside;
  if (beside && !is_beside(value) && !is_given_with(scan.text, name)) return true;
  if (may_be_column(scan, joined.value, value) || quotes_command(scan.text, joined.value, value))
    return true;
  report_if_secret(scan, rule, name, Extent{quoted->begin, quoted->end});
  return true;
}

// Whether so many values lie in one another that the next is not read as well.
bool is_nested_too_deep(TextScan& scan, std::size_t value) {
  constexpr int nested_max = 3;
  const std::size_t last = std::min(scan.bare_at, value);
  const std::string_view between = scan.text.substr(last, value - last);
  const bool ended =
      find_first_of(between, " \t\r\n\f\v,;)]}\"'`<>|&\\%"_bytes) != std::string_view::npos;
  scan.bare_nested = ended ? 0 : scan.bare_nested + 1;
  scan.bare_at = value;
  return scan.bare_nested > nested_max;
}

void recognize_joined(TextScan& scan, const CredentialName& name, const Joined& joined) {
  if (joined.joint == Joint::beside && scan.kind == TextKind::code) return;
  // {"$secret": "where it is"}
  if (joined.joint == Joint::colon && name.begin > 0 && scan.text[name.begin - 1] == '$') return;
  const Rule& rule = joined.joint == Joint::option ? option_rule : assignment_rule;
  if (recognize_quoted(scan, rule, name, joined)) return;
  // What `auth` only hints at is certain for the second of two texts.
  const CredentialName login{name.begin, name.end, Claim::named};
  if (report_if_secret(scan, rule, login, tuple_value(scan.text, name, joined.value))) return;
  const bool block = joined.joint == Joint::colon && scan.kind == TextKind::prose;
  if (block && report_if_secret(scan, rule, name, block_value(scan.text, joined.value))) return;
  if (is_nested_too_deep(scan, joined.value)) return;
  if (const auto bare = bare_secret(scan.text, scan.kind, name, joined)) report(scan, rule, *bare);
}

// Values that stand apart from their names: elements, pairs, nested members.
bool recognize_apart(TextScan& scan, const CredentialName& name) {
  return report_if_secret(scan, pair_rule, name, element_value(scan.text, name)) ||
         report_if_secret(scan, pair_rule, name, pair_value(scan.text, name)) ||
         report_if_secret(scan, pair_rule, name, nested_value(scan.text, name));
}

// What people tell each other. `joined` is what the name alone is joined to.
void recognize_told(TextScan& scan, const CredentialName& name,
                    const std::optional<Joined>& joined) {
  // As a verb it tells nothing.
  if (equals_folded(name.in(scan.text), "pass")) return;
  const bool found = scan.word_end > name.end;
  if (!found) {
    if (const auto before = value_before(scan.text, name))
      add_hit(scan.hits, assignment_rule, before->begin, before->end);
  }
  const bool genitive = scan.text.substr(name.end).starts_with("'s ");
  if (quote_bytes(scan.text, name.end) > 0 && !genitive) return;
  const bool sentence =
      !joined || joined->joint == Joint::beside || joined->joint == Joint::copula || joined->apart;
  if (sentence && (!found || joined->joint == Joint::copula)) {
    const std::size_t behind = scan.word_end + quote_bytes(scan.text, scan.word_end);
    find_in_sentence(scan, assignment_rule, name, found ? behind : name.end);
  }
}

void recognize_vague_name(TextScan& scan, std::size_t at) {
  if (scan.kind == TextKind::code) return;
  if (const auto found = value_of_vague_name(scan.text, at)) report(scan, assignment_rule, *found);
}

// Whether what stands behind a name can join it to a value: access_token$ and KEY----- are no more
// than names.
bool can_be_joined(std::string_view text, std::size_t name_end) {
  if (name_end >= text.size()) return true;
  const char c = text[name_end];
  if (c == '-')
    return text.substr(name_end).starts_with("->") || text.substr(name_end).starts_with("-->");
  return c != '$' && c != '#' && c != '@' && c != '^' && c != '~';
}

void recognize_name(TextScan& scan, std::size_t at) {
  if (at < scan.word_end) return;
  const std::size_t end = name_end(scan.text, at);
  if (!can_be_joined(scan.text, end)) {
    scan.word_end = end;
    return;
  }
  const std::optional<CredentialName> name = credential_name_at(scan.text, at, end);
  if (!name) {
    recognize_vague_name(scan, at);
    scan.word_end = std::max(scan.word_end, end);
    return;
  }
  scan.word_end = name->end;
  if (recognize_apart(scan, *name)) return;
  const bool prose = scan.kind == TextKind::prose;
  if (prose && find_in_table(scan, *name)) return;
  if (prose && ends_login_heading(scan.text, *name) && find_login_pair(scan, name->end)) return;
  const std::optional<Joined> joined = read_joint(scan.text, *name);
  if (joined) recognize_joined(scan, *name, *joined);
  if (prose) recognize_told(scan, *name, joined);
}

constexpr std::array anchors{
    Anchor{"pass", recognize_name},
    Anchor{"pwd", recognize_name},
    Anchor{"secret", recognize_name},
    Anchor{"token", recognize_name},
    Anchor{"key", recognize_name},
    Anchor{"auth", recognize_name},
    Anchor{"cred", recognize_name},
    Anchor{"jwt", recognize_name},
    Anchor{"pswd", recognize_name},
    Anchor{"accesssignature", recognize_name},
    Anchor{"psw", recognize_name},
    Anchor{"pword", recognize_name},
    Anchor{"pw=", recognize_name},
    Anchor{"pw:", recognize_name},
    Anchor{"pw ", recognize_name},
    Anchor{"pw\"", recognize_name},
    Anchor{"pw'", recognize_name},
    Anchor{"pw_", recognize_name},
    Anchor{"pw,", recognize_name},
    Anchor{"pw|", recognize_name},
    Anchor{"pw\t", recognize_name},
    Anchor{"pw\n", recognize_name},
    Anchor{"cookie", recognize_name},
    Anchor{"clave", recognize_vague_name, false},
    Anchor{"schlüssel", recognize_vague_name, false},
    Anchor{"pin:", recognize_vague_name, false},
    Anchor{"pin is ", recognize_vague_name, false},
    Anchor{"pin code", recognize_vague_name, false},
    Anchor{"kennwort", recognize_name},
    Anchor{"contrase", recognize_name},
    Anchor{"senha", recognize_name},
    Anchor{"mdp", recognize_name},
    Anchor{"wachtwoord", recognize_name},
    Anchor{"haslo", recognize_name},
    Anchor{"hasło", recognize_name},
    Anchor{"heslo", recognize_name},
    Anchor{"lösenord", recognize_name},
    Anchor{"losenord", recognize_name},
    Anchor{"adgangskode", recognize_name},
    Anchor{"salasana", recognize_name},
    Anchor{"jelsz", recognize_name},
    Anchor{"parola", recognize_name},
    Anchor{"sifre", recognize_name},
    Anchor{"şifre", recognize_name},
    Anchor{"lozinka", recognize_name},
    Anchor{"sandi", recognize_name},
    Anchor{"matkhau", recognize_name},
    Anchor{"пароль", recognize_name},
    Anchor{"Пароль", recognize_name},
    Anchor{"ПАРОЛЬ", recognize_name},
    Anchor{"парола", recognize_name},
    Anchor{"Парола", recognize_name},
    Anchor{"лозинка", recognize_name},
    Anchor{"κωδικός", recognize_name},
    Anchor{"密码", recognize_name},
    Anchor{"密碼", recognize_name},
    Anchor{"口令", recognize_name},
    Anchor{"パスワード", recognize_name},
    Anchor{"暗証番号", recognize_name},
    Anchor{"비밀번호", recognize_name},
    Anchor{"암호", recognize_name},
    Anchor{"पासवर्ड", recognize_name},
    Anchor{"סיסמה", recognize_name},
    Anchor{"סיסמא", recognize_name},
    Anchor{"รหัสผ่าน", recognize_name},
};

}  // namespace

std::span<const Anchor> assignment_anchors() noexcept {
  return anchors;
}

std::span<const Rule* const> assignment_rules() noexcept {
  return rules;
}

}  // namespace studiosync
