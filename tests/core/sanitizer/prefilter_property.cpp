// The words at which scan looks (the prefilter) are there for speed: whatever the SQL rules find in
// a text, scan finds.
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.hpp"
#include "core/sanitizer/scan.hpp"
#include "core/sanitizer/sql/vocabulary.hpp"
#include "core/sanitizer/value/ascii.hpp"
#include "core/sanitizer/value/secret_value.hpp"
#include "tests/core/sanitizer/sql/sql_cases.hpp"

namespace studiosync {
namespace {

using Texts = std::vector<std::string>;

// A secret under every claim.
constexpr std::string_view secret = "q7Rt9xWv2LpZ8sQ1Hn4Kd6Ty";
// Opens the prefilter, and says nothing about what follows.
constexpr std::string_view opener = "/* iceberg */\n";

std::string replaced(std::string_view text, char slot, std::string_view value) {
  std::string result;
  for (const char c : text) {
    if (c == slot) {
      result += value;
    } else {
      result += c;
    }
  }
  return result;
}

std::string upper(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = is_lower(c) ? static_cast<char>(c - 32) : c;
  return result;
}

std::string capital(std::string_view text) {
  return upper(text.substr(0, 1)) + std::string(text.substr(1));
}

// Bytes of `text` that scan finds, the first `skipped` left out.
std::vector<bool> found_by_scan(const std::string& text, TextAs as, std::size_t skipped = 0) {
  std::vector<bool> found(text.size());
  for (const Hit& hit : scan(text, as)) {
    for (std::size_t at = hit.begin; at < hit.end(); ++at) found[at] = true;
  }
  found.erase(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(skipped));
  return found;
}

// Gathers the statements in which the prefilter hides something.
class Hidden {
 public:
  void look(const std::string& statement) {
    ++looked_at_;
    const std::vector<bool> rules = sql_cases::read_sql(statement).secret;
    const std::vector<bool> all = found_by_scan(statement, TextAs::sql);
    for (std::size_t at = 0; at < rules.size(); ++at) {
      if (rules[at] && !all[at]) return note(statement);
    }
    const std::string opened = std::string(opener) + statement;
    if (found_by_scan(opened, TextAs::sql, opener.size()) != all) return note(statement);
    // At a text's begin a dash opens a comment, on a later line an option of a command.
    const bool begins_alike = !statement.starts_with('-');
    if (begins_alike && found_by_scan(opened, TextAs::text, opener.size()) !=
                            found_by_scan(statement, TextAs::text)) {
      note("as text: " + statement);
    }
  }

  std::size_t looked_at() const { return looked_at_; }

  ~Hidden() {
    EXPECT_GT(looked_at_, 0U);
    if (hidden_.empty()) return;
    std::string list;
    constexpr std::size_t listed_max = 40;
    for (std::size_t i = 0; i < hidden_.size() && i < listed_max; ++i) list += hidden_[i] + "\n";
    ADD_FAILURE() << hidden_.size() << " of " << looked_at_ << " statements:\n" << list;
  }

 private:
  void note(const std::string& statement) { hidden_.push_back(statement); }

  Texts hidden_;
  std::size_t looked_at_ = 0;
};

// A column's name stands for #, the value for $.
constexpr std::string_view tight_forms[] = {
    "INSERT INTO users (id,#) VALUES (7,'$')",
    "UPDATE users SET #='$'",
    "SELECT '$' AS #",
};
constexpr std::string_view forms[] = {
    "INSERT INTO users (id, #) VALUES (7, '$')",
    "INSERT INTO users(#,id)VALUES('$',7)",
    "INSERT INTO users (\n  id,\n  #\n) VALUES (\n  7,\n  '$'\n)",
    "INSERT INTO users (\n#\t,id) VALUES ('$',7)",
    "INSERT INTO users (#) SELECT '$'",
    "UPDATE users SET # = '$'",
    "UPDATE users SET a=1,\n#\n=\n'$'",
    "UPDATE users u SET u.#='$'",
    "UPDATE users SET (id,#)=(1,'$')",
    "SELECT * FROM users WHERE #='$'",
    "SELECT * FROM users WHERE # = '$'",
    "SELECT * FROM users WHERE lower(#)=lower('$')",
    "SELECT * FROM users WHERE u.# IN ('$')",
    "SELECT * FROM users WHERE '$'=#",
    "SELECT * FROM users WHERE '$'=lower(#)",
    "SELECT * FROM users WHERE md5(#)='$'",
    "SELECT * FROM users WHERE COALESCE(#,'$')=?",
    "SELECT * FROM users WHERE # BETWEEN '$' AND '$'",
    "SELECT * FROM users WHERE #>='$'",
    "SELECT * FROM users WHERE # SIMILAR TO '$'",
    "SELECT CASE # WHEN '$' THEN 1 END FROM users",
    "SELECT '$' # FROM dual",
    "SELECT t.a FROM (VALUES (1,'$')) t(a,#)",
    "SELECT md5('$') AS #",
    "CREATE TABLE users (# varchar(40) DEFAULT '$')",
    "CREATE SERVER s OPTIONS (# '$')",
    "SELECT f(id=>1,#=>'$')",
    "COPY users (id,#) FROM stdin;\n7\t$\n\\.\n",
};
// As the name of a setting or a variable.
constexpr std::string_view setting_forms[] = {
    "SET @# = '$'",
    "EXEC p @id=1,@#='$'",
    "DECLARE @# nvarchar(40)='$'",
    "SELECT json_object('#','$')",
    "SELECT set_config('app.#','$',false)",
    "SELECT d->>'#'='$' FROM t",
    "INSERT INTO settings (name,value) VALUES ('#','$')",
};
constexpr std::string_view quotings[] = {"#", "\"#\"", "`#`", "[#]"};

// The ways in which a name that ends like that is written.
Texts spellings(const CredentialEnding& ending) {
  const std::string letters(ending.letters);
  Texts names{letters,
              upper(letters),
              capital(letters),
              "old_" + letters,
              "OLD_" + upper(letters),
              "old" + capital(letters),
              letters + "_hash",
              letters + "2",
              letters + "_old",
              capital(letters) + "Hash"};
  if (!ending.whole) names.push_back("x" + letters);
  for (const std::string_view part : {"key", "token", "secret", "pass", "pw"}) {
    const std::size_t at = letters.size() - std::min(letters.size(), part.size());
    if (at == 0 || letters.substr(at) != part) continue;
    const std::string before = letters.substr(0, at);
    names.push_back(before + "_" + std::string(part));
    names.push_back(before + capital(part));
  }
  return names;
}

TEST(Prefilter, HidesNoNameOfACredentialHoweverItIsWritten) {
  Hidden hidden;
  for (const CredentialEnding& ending : credential_endings()) {
    for (const std::string& name : spellings(ending)) {
      for (const std::string_view quoting : quotings) {
        const std::string column = replaced(quoting, '#', name);
        for (const std::string_view form : tight_forms) {
          hidden.look(replaced(replaced(form, '#', column), '$', secret));
        }
      }
    }
  }
}

TEST(Prefilter, HidesNoStatementWhateverItsBlanksAndLineEnds) {
  Hidden hidden;
  for (const CredentialEnding& ending : credential_endings()) {
    for (const std::string_view quoting : quotings) {
      const std::string column = replaced(quoting, '#', ending.letters);
      for (const std::string_view form : forms) {
        hidden.look(replaced(replaced(form, '#', column), '$', secret));
      }
    }
    for (const std::string_view form : setting_forms) {
      hidden.look(replaced(replaced(form, '#', ending.letters), '$', secret));
    }
  }
}

// The corpus, as it is and with other blanks.
Texts texts_of_the_corpus() {
  Texts texts;
  for (const char* file : {"/sanitizer/positives.jsonl", "/sanitizer/negatives.jsonl"}) {
    std::ifstream in(std::string(STUDIOSYNC_FIXTURES) + file);
    for (std::string line; std::getline(in, line);) {
      texts.push_back(parse_json(line)->find("text")->as_string());
    }
  }
  return texts;
}

std::string without_blanks_at_signs(std::string_view text) {
  constexpr std::string_view signs = "(),=;|+";
  const auto is_sign = [&](std::size_t at) {
    return at < text.size() && signs.find(text[at]) != std::string_view::npos;
  };
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool beside = is_sign(at + 1) || (at > 0 && is_sign(at - 1));
    if (text[at] != ' ' || !beside) result += text[at];
  }
  return result;
}

TEST(Prefilter, HidesNothingInTheCorpusWhateverItsBlanks) {
  Hidden hidden;
  for (const std::string& text : texts_of_the_corpus()) {
    hidden.look(text);
    hidden.look(without_blanks_at_signs(text));
    for (const std::string_view blank : {"\n", "  "}) hidden.look(replaced(text, ' ', blank));
  }
}

// Words of clauses and names of functions, alone and in pairs; # is the word.
constexpr std::string_view word_forms[] = {
    "SELECT # ('$','$','$','$','$','$')",
    "SELECT #('$')",
    "SELECT a.#('$','$')",
    "SELECT # ('$','$')",
    "EXEC # '$','$','$'",
    "CALL #('$','$','$')",
    "CREATE USER a # '$'",
    "CREATE USER a # BY '$'",
    "CREATE USER a # = '$'",
    "CREATE USER a #='$'",
    "CREATE EXTERNAL TABLE a WITH (# = '$')",
    "ALTER TABLE a SET (#='$')",
    "COPY a FROM 'b' # '$'",
    "COPY a FROM 'b' # = '$'",
    "SET # = '$'",
    "SET # '$'",
    "PRAGMA # = '$'",
    "PRAGMA #('$')",
    "ATTACH 'a' # '$'",
    "ADD # '$'",
    "# '$'",
    "# = '$'",
    "# a '$'",
    "# a # '$'",
    "a # b '$'",
    "BACKUP DATABASE a # '$'",
};

TEST(Prefilter, HidesNoWordThatARuleKnows) {
  Hidden hidden;
  for (const std::string_view word : vocabulary) {
    if (!is_word_char(word.back())) continue;
    for (const std::string_view form : word_forms) {
      hidden.look(replaced(replaced(form, '#', word), '$', secret));
    }
  }
}

// Most pairs mean nothing; those that do are clauses.
TEST(Prefilter, HidesNoPairOfWordsThatARuleKnows) {
  Hidden hidden;
  const std::string literal = " '" + std::string(secret) + "'";
  for (const std::string_view first : vocabulary) {
    if (!is_letter(first.front())) continue;
    for (const std::string_view second : vocabulary) {
      if (!is_letter(second.front())) continue;
      const std::string pair = std::string(first) + " " + std::string(second);
      for (const std::string_view before : {"", "CREATE "}) {
        const std::string statement = std::string(before) + pair + literal;
        if (!sql_cases::read_sql(statement).rules.empty()) hidden.look(statement);
      }
    }
  }
}

}  // namespace
}  // namespace studiosync
