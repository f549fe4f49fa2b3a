#include "tests/core/sanitizer/plant/grammar.hpp"

#include <cctype>
#include <fstream>
#include <sstream>

#include "core/base/check.hpp"

namespace studiosync::test {
namespace {

// Recursive descent over one production; the grammars are ours, so recursion is safe.
class Production {
 public:
  explicit Production(std::string_view text) : rest_(text) {}

  Node read() {
    Node node = alternatives();
    SS_CHECK(rest_.empty());
    return node;
  }

 private:
  Node alternatives() {
    Node choice{.kind = Node::Kind::choice};
    choice.nodes.push_back(sequence());
    while (take('|')) choice.nodes.push_back(sequence());
    return choice.nodes.size() == 1 ? std::move(choice.nodes.front()) : choice;
  }

  Node sequence() {
    Node sequence;
    while (!rest_.empty() && rest_.front() != '|' && rest_.front() != '}' && rest_.front() != ']') {
      sequence.nodes.push_back(item());
    }
    return sequence;
  }

  Node item() {
    if (take('{')) return closed(alternatives(), '}');
    if (take('[')) {
      Node optional{.kind = Node::Kind::optional};
      optional.nodes.push_back(closed(alternatives(), ']'));
      return optional;
    }
    if (take('<')) {
      const std::size_t end = rest_.find('>');
      SS_CHECK(end != std::string_view::npos);
      Node name{.kind = Node::Kind::name, .text = std::string(rest_.substr(0, end))};
      rest_.remove_prefix(end + 1);
      return name;
    }
    if (rest_.front() == ' ' && !quoted_) {
      while (take(' ')) {
      }
      return Node{.kind = Node::Kind::blank};
    }
    return text();
  }

  Node text() {
    Node text{.kind = Node::Kind::text};
    while (!rest_.empty() && !ends_text(rest_.front())) {
      if (rest_.front() == '\\' && rest_.size() > 1) rest_.remove_prefix(1);
      if (rest_.front() == '\'') quoted_ = !quoted_;
      text.text.push_back(rest_.front());
      rest_.remove_prefix(1);
    }
    return text;
  }

  bool ends_text(char c) const {
    if (c == ' ') return !quoted_;
    return std::string_view("{}[]<|").find(c) != std::string_view::npos;
  }

  Node closed(Node node, char bracket) {
    SS_CHECK(take(bracket));
    return node;
  }

  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::string_view rest_;
  bool quoted_ = false;  // inside '…' a blank is a blank
};

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

}  // namespace

Grammar Grammar::load(const std::string& file) {
  std::ifstream in(file);
  SS_CHECK(in.good());
  Grammar grammar;
  for (std::string line; std::getline(in, line);) grammar.read_line(line);
  SS_CHECK(!grammar.statements_.empty());
  return grammar;
}

void Grammar::read_line(const std::string& line) {
  if (line.empty() || line.front() == '#') return;
  if (line.starts_with("dialect: ")) {
    dialect_ = line.substr(9);
  } else if (line.starts_with("literals: ")) {
    literals_ = words_of(line.substr(10));
  } else if (line.starts_with("> ")) {
    statements_.push_back(Production(std::string_view(line).substr(2)).read());
  } else {
    const std::size_t equals = line.find(" = ");
    SS_CHECK(equals != std::string::npos);
    productions_[line.substr(0, equals)] =
        Production(std::string_view(line).substr(equals + 3)).read();
  }
}

const Node* Grammar::find(const std::string& name) const {
  const auto at = productions_.find(name);
  return at == productions_.end() ? nullptr : &at->second;
}

std::string Sentence::write(const Node& statement) {
  out_.clear();
  expand(statement);
  return std::move(out_);
}

void Sentence::expand(const Node& node) {
  switch (node.kind) {
    case Node::Kind::text:
      return write_words(node.text);
    case Node::Kind::blank:
      return write_blank();
    case Node::Kind::choice:
      return expand(node.nodes[random_.below(node.nodes.size())]);
    case Node::Kind::optional:
      if (random_.below(2) == 0) expand(node.nodes.front());
      return;
    case Node::Kind::sequence:
      for (const Node& part : node.nodes) expand(part);
      return;
    case Node::Kind::name:
      if (const Node* production = grammar_.find(node.text)) return expand(*production);
      out_ += built_in_(node.text);
  }
}

void Sentence::write_words(const std::string& text) {
  const bool quoted = text.find_first_of("'\"`$\\") != std::string::npos;
  const std::uint64_t style = quoted ? 0 : random_.below(6);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const bool lower = style == 1 || style == 2 || (style == 3 && random_.below(2) == 0);
    out_.push_back(static_cast<char>(lower ? std::tolower(c) : c));
  }
}

void Sentence::write_blank() {
  // An empty line would end the statement for whoever reads it in prose.
  if (!out_.empty() && (out_.back() == ' ' || out_.back() == '\n')) return;
  switch (random_.below(16)) {
    case 0:
      out_ += "\n  ";
      break;
    case 1:
      out_ += "\t";
      break;
    case 2:
      out_ += " /* x */ ";
      break;
    case 3:
      out_ += " -- x\n";
      break;
    case 4:
      out_ += "  ";
      break;
    default:
      out_ += " ";
  }
}

}  // namespace studiosync::test
