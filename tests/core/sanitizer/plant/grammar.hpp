// Statements from a grammar, for tests that plant secrets in them. A grammar file:
//
//   # a comment
//   dialect: postgresql
//   literals: plain escape dollar       how this dialect writes a text (secret_writer.hpp)
//   name = production                   used as <name>
//   > production                        a statement
//
// A production is text in which {a|b} chooses, [x] may be left out and <name> stands for a named
// production; \{ \[ \< \| write the signs themselves. Where it has a blank, any white space or
// comment may stand, but not inside of '…'. Words outside of quotes are written in any case.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/random.hpp"

namespace studiosync::test {

struct Node {
  enum class Kind { text, blank, name, choice, optional, sequence };
  Kind kind = Kind::sequence;
  std::string text;         // text, name
  std::vector<Node> nodes;  // the others
};

// Stops the program with the line on a grammar that cannot be read: it is part of the test.
class Grammar {
 public:
  static Grammar load(const std::string& file);

  const std::string& dialect() const { return dialect_; }
  const std::vector<std::string>& literals() const { return literals_; }
  const std::vector<Node>& statements() const { return statements_; }
  const Node* find(const std::string& name) const;

 private:
  void read_line(const std::string& line);

  std::string dialect_;
  std::vector<std::string> literals_;
  std::map<std::string, Node> productions_;
  std::vector<Node> statements_;
};

// Writes one sentence of a grammar. Names that the grammar does not define are asked of `built_in`.
class Sentence {
 public:
  using BuiltIn = std::function<std::string(const std::string& name)>;

  Sentence(const Grammar& grammar, Random& random, BuiltIn built_in)
      : grammar_(grammar), random_(random), built_in_(std::move(built_in)) {}

  std::string write(const Node& statement);

 private:
  void expand(const Node& node);
  void write_words(const std::string& text);
  void write_blank();

  const Grammar& grammar_;
  Random& random_;
  BuiltIn built_in_;
  std::string out_;
};

}  // namespace studiosync::test
