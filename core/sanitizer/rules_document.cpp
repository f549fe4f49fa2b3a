#include <array>

#include "core/sanitizer/rules.hpp"

namespace studiosync {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::string_view introduction = R"(# The credential firewall

Written from the rules in `core/sanitizer`; a unit test holds the two together. `syncctl scan
--explain RULE` shows an example of a rule and what becomes of it.

No credential leaves the device, and none that arrives is stored. Before a change is sent, the
device looks through a copy of the record: members whose key names a credential are removed, and in
every text the credential alone becomes `[REDACTED]`. The user's own text is never changed. The
server does the same before it stores anything, and on both sides the validator has the last word:
what it still finds is refused with `credential_leaked`, the rule and the JSON path.

Placeholders (`<password>`, `${VAR}`, `:pw`, `?`, `$1`, `xxxx`, `your_password_here`, …) are left
alone, and so is SQL that only speaks of passwords.
)";

struct Layer {
  std::string_view prefix;
  std::string_view heading;
};

constexpr std::array layers{
    Layer{"structural."sv, "Structure: keys of settings"sv},
    Layer{"sql."sv, "SQL: literals in credential position"sv},
    Layer{"text."sv, "Text: URIs, settings, headers, assignments, commands"sv},
    Layer{"pem."sv, "Private keys"sv},
    Layer{"jwt."sv, "JSON web tokens"sv},
    Layer{"encoded."sv, "Credentials in base64"sv},
    Layer{"provider."sv, "Keys of providers, told by their format"sv},
    Layer{"validator."sv, "The validator"sv},
};

// A vertical bar would end the table's cell.
void append_cell(std::string& text, std::string_view cell) {
  text += "| ";
  for (const char c : cell) {
    if (c == '|') text += '\\';
    text += c;
  }
  text += ' ';
}

}  // namespace

std::string describe_rules() {
  std::string text(introduction);
  for (const Layer& layer : layers) {
    text.append("\n## ")
        .append(layer.heading)
        .append("\n\n| rule | finds | why |\n|---|---|---|\n");
    for (const Rule* rule : all_rules()) {
      if (!rule->id.starts_with(layer.prefix)) continue;
      append_cell(text, "`" + std::string(rule->id) + "`");
      append_cell(text, rule->title);
      append_cell(text, rule->why);
      text += "|\n";
    }
  }
  return text;
}

}  // namespace studiosync
