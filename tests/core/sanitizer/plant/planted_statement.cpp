#include "tests/core/sanitizer/plant/planted_statement.hpp"

#include <array>

#include "core/base/check.hpp"
#include "core/base/json.hpp"
#include "core/sanitizer/redact.hpp"
#include "core/sanitizer/validator/check_clean.hpp"
#include "tests/core/sanitizer/plant/encodings.hpp"
#include "tests/core/sanitizer/plant/secret_writer.hpp"

namespace studiosync::test {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::array identifiers{"app"sv,   "reporting"sv,  "u1"sv,    "etl_job"sv, "warehouse"sv,
                                 "alice"sv, "svc_reader"sv, "north"sv, "orders"sv,  "finance"sv};
constexpr std::array harmless{"SELECT 1"sv,
                              "SELECT id, name FROM users WHERE password IS NULL"sv,
                              "INSERT INTO t VALUES (1, 'it''s', \"x\")"sv,
                              "UPDATE t SET a = 'b' WHERE c = $1"sv,
                              "CREATE INDEX i ON t (token)"sv,
                              "COMMIT"sv,
                              "SELECT * FROM secrets -- all of them\n"sv};

template <class Words>
std::string pick(Random& random, const Words& words) {
  return std::string(words[random.below(words.size())]);
}

// Writes the names that no grammar defines: secrets, and what is the same in all of them.
class BuiltIns {
 public:
  BuiltIns(const Grammar& grammar, Random& random, PlantedStatement& statement)
      : grammar_(grammar), random_(random), statement_(statement) {}

  std::string operator()(const std::string& name) {
    if (name == "S") return write_literal(random_, secret(Alphabet::any), a_style());
    if (name == "L") return write_literal(random_, secret(Alphabet::graphic), "plain");
    if (name == "G") return secret(Alphabet::word);
    if (name == "W") return secret(Alphabet::word);
    if (name == "Q") return "\"" + secret(Alphabet::word) + "\"";
    if (name == "P") return url_encoded(secret(Alphabet::any));
    if (name == "X") return "0x" + hex_secret();
    if (name == "H") return hex_secret();
    if (name == "id") return pick(random_, identifiers);
    if (name == "num") return std::to_string(random_.below(1000));
    if (name == "str") return "'" + pick(random_, identifiers) + "'";
    if (name == "host") return pick(random_, identifiers) + ".example.com";
    SS_CHECK(name == "noise");
    return pick(random_, harmless);
  }

 private:
  std::string a_style() { return grammar_.literals()[random_.below(grammar_.literals().size())]; }

  std::string secret(Alphabet alphabet) {
    return statement_.secrets.emplace_back(random_secret(random_, alphabet));
  }

  std::string hex_secret() {
    const std::string bytes = random_secret(random_, Alphabet::graphic);
    return statement_.secrets.emplace_back(hex_of(bytes, "0123456789ABCDEF"));
  }

  const Grammar& grammar_;
  Random& random_;
  PlantedStatement& statement_;
};

std::string in_a_string(std::string_view sql) {
  std::string out = "EXECUTE '";
  for (const char c : sql) out.append(c == '\'' ? 2 : 1, c);
  return out + "'";
}

// The surroundings that statements have in practice.
void wrap(PlantedStatement& statement, Random& random) {
  std::string& text = statement.text;
  switch (random.below(12)) {
    case 0:
      text = pick(random, harmless) + ";\n" + text + ";";
      break;
    case 1:
      text = text + ";\n" + pick(random, harmless) + ";";
      break;
    case 2:
      text = "/* before: " + text + " */ SELECT 1";
      break;
    case 3:
      text = in_a_string(text);
      break;
    case 4:
      text = "it's a draft\n" + text + ";";
      break;
    case 5:
      text = "Please run this:\n```sql\n" + text + ";\n```\nThat's all.";
      statement.as = TextAs::text;
      break;
    case 6:
      text = "DO $do$ BEGIN " + text + "; END $do$";
      break;
    default:
      break;
  }
}

std::string leak_in(const std::string& text, const PlantedStatement& statement) {
  for (const std::string& secret : statement.secrets) {
    for (const std::string& form : leak_forms(secret)) {
      if (text.find(form) != std::string::npos) return "left in the output: " + form;
    }
  }
  return {};
}

}  // namespace

PlantedStatement plant(const std::vector<Grammar>& grammars, std::uint64_t seed) {
  Random random(seed);
  PlantedStatement statement;
  const Grammar& grammar = grammars[random.below(grammars.size())];
  Sentence sentence(grammar, random, BuiltIns(grammar, random, statement));
  statement.text = sentence.write(grammar.statements()[random.below(grammar.statements().size())]);
  wrap(statement, random);
  return statement;
}

std::string judge(const PlantedStatement& statement) {
  const auto cleaned = clean_text(statement.text, statement.as);
  const std::string& output = cleaned ? cleaned->text : statement.text;
  if (cleaned && cleaned->hits.front().rule == &withheld_rule()) return "withheld as a whole";
  if (std::string leak = leak_in(output, statement); !leak.empty()) return leak;
  if (const auto clean = check_clean(Json(output).canonical()); !clean) {
    return "refused by the validator: " + clean.error().rule;
  }
  return scan(output, statement.as).empty() ? std::string() : "changed by a second pass";
}

}  // namespace studiosync::test
