#include "core/sanitizer/text/call_joints.hpp"

#include "core/sanitizer/text/joint_space.hpp"
#include "core/sanitizer/text/quotes.hpp"
#include "core/sanitizer/value/byte_set.hpp"
#include "core/sanitizer/value/word_table.hpp"
#include "core/sanitizer/value/words.hpp"

namespace studiosync {
namespace {

using joint_space::skip_blanks;
using joint_space::skip_decoration;
using joint_space::skip_spaces;
using std::string_view_literals::operator""sv;

// Functions whose first argument is a name and whose second is its value.
constexpr WordTable pair_functions{"define"sv,
                                   "putenv"sv,
                                   "setenv"sv,
                                   "put"sv,
                                   "set"sv,
                                   "setproperty"sv,
                                   "setoption"sv,
                                   "option"sv,
                                   "add"sv,
                                   "append"sv,
                                   "addheader"sv,
                                   "header"sv,
                                   "setheader"sv,
                                   "getenv"sv,
                                   "get"sv,
                                   "getproperty"sv,
                                   "getordefault"sv,
                                   "fetch"sv,
                                   "env"sv,
                                   "setattribute"sv,
                                   "property"sv,
                                   "config"sv,
                                   "conf"sv,
                                   "setrequestheader"sv,
                                   "addparameter"sv,
                                   "addwithvalue"sv,
                                   "param"sv,
                                   "parameter"sv,
                                   "bind"sv,
                                   "setparameter"sv,
                                   "setstring"sv,
                                   "bindvalue"sv,
                                   "setitem"sv,
                                   "setdefault"sv,
                                   "setconfig"sv,
                                   "map"sv,
                                   "jsonobject"sv,
                                   "jsonbuildobject"sv,
                                   "jsonbbuildobject"sv,
                                   "hstore"sv,
                                   "objectconstruct"sv,
                                   "withenv"sv,
                                   "withenvironment"sv,
                                   "addproperty"sv,
                                   "setsecret"sv,
                                   "environ"sv,
                                   "store"sv,
                                   "write"sv,
                                   "entry"sv,
                                   "tuple"sv};
// `setPassword("…")`: what may stand in front of the name of a function that takes a credential.
constexpr WordTable setters{"set"sv,    "with"sv,    "use"sv,    "hash"sv,   "check"sv, "verify"sv,
                            "encode"sv, "encrypt"sv, "update"sv, "change"sv, "add"sv};

// The name of the function whose call opens in front of `begin`, without its underscores.
Words function_before(std::string_view text, std::size_t begin) {
  std::size_t at = begin;
  while (at > 0 && begin - at < name_bytes_max && is_word_char(text[at - 1])) --at;
  return Words(text.substr(at, begin - at));
}

// define('DB_PASSWORD', '…'), conf.set("password", "…"), os.environ.get("PASSWORD", "…")
std::optional<Joined> joined_as_argument(std::string_view text, const CredentialName& name) {
  const std::size_t closer = quote_bytes(text, name.end);
  const std::size_t limit = name.begin > 8 ? name.begin - 8 : 0;
  std::size_t open = name.begin;
  while (open > limit && "\"'`@:\\ "_bytes.has(text[open - 1])) --open;
  if (closer == 0 || open == name.begin || open == 0 || text[open - 1] != '(') return {};
  const std::size_t comma = skip_blanks(text, name.end + closer);
  if (text.substr(comma, 1) != ",") return {};
  if (!pair_functions.has(function_before(text, open - 1).flat())) return {};
  const std::size_t value = skip_spaces(text, comma + 1);
  return Joined{.joint = Joint::call, .quoted_name = true, .value = skip_decoration(text, value)};
}

bool names_user(const Words& words) {
  for (std::size_t i = 0; i < words.count(); ++i) {
    if (words[i] == "user" || words[i] == "account") return true;
  }
  return false;
}

// changeUserPassword("user", "…"): the second argument, where there are two.
std::size_t behind_user(std::string_view text, std::size_t first) {
  const auto user = read_quoted(text, first);
  if (!user || !user->closed) return first;
  const std::size_t comma = skip_blanks(text, user->after);
  if (text.substr(std::min(comma, text.size()), 1) != ",") return first;
  return skip_spaces(text, comma + 1);
}

// setPassword("…"), .password("…")
std::optional<Joined> joined_as_call(std::string_view text, const CredentialName& name) {
  if (text.substr(name.end, 1) != "(") return {};
  const Words words(name.in(text));
  const bool sets = words.count() > 1 && setters.has(words[0]);
  const bool member = name.in(text).find('.') != std::string_view::npos ||
                      (name.begin > 0 && text[name.begin - 1] == '.');
  const bool setter_of_member = words.count() > 2 && setters.has(words.from_end(1));
  if (!sets && !setter_of_member && !(member && words.from_end(0) != "secret")) return {};
  std::size_t value = skip_decoration(text, skip_spaces(text, name.end + 1));
  if (names_user(words)) value = behind_user(text, value);
  return Joined{.joint = Joint::call, .value = value};
}

}  // namespace

std::optional<Joined> joined_by_call(std::string_view text, const CredentialName& name) noexcept {
  if (const auto joined = joined_as_argument(text, name)) return joined;
  return joined_as_call(text, name);
}

}  // namespace studiosync
