#include "tests/core/sanitizer/plant/secret_writer.hpp"

#include <algorithm>
#include <array>

#include "core/base/hex.hpp"
#include "core/base/json.hpp"
#include "tests/core/sanitizer/plant/encodings.hpp"

namespace studiosync::test {
namespace {

constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view digits = "0123456789";
// No sign that would turn a random text into ${…}, %s or another placeholder.
constexpr std::string_view graphic_signs = "!#*+-./=^_~";
constexpr std::array<std::string_view, 10> other_signs{"'", "\"", "\\", " ", "`",
                                                       "ä", "ß",  "日", "🔑", ";"};

char one_of(Random& random, std::string_view characters) {
  return characters[random.below(characters.size())];
}

std::string replace_all(std::string_view text, char from, std::string_view to) {
  std::string out;
  for (const char c : text) {
    if (c == from) {
      out += to;
    } else {
      out.push_back(c);
    }
  }
  return out;
}

std::string doubled(std::string_view secret) {
  return "'" + replace_all(secret, '\'', "''") + "'";
}

std::string backslashed(std::string_view secret, char quote) {
  const std::string escaped = replace_all(secret, '\\', "\\\\");
  return quote + replace_all(escaped, quote, std::string("\\") + quote) + quote;
}

// Every third ASCII character as an escape, the rest as it is.
std::string unicode_literal(std::string_view secret) {
  std::string out = "U&'";
  for (std::size_t i = 0; i < secret.size(); ++i) {
    const char c = secret[i];
    const bool ascii = static_cast<unsigned char>(c) < 0x80;
    if (ascii && (i % 3 == 0 || c == '\'' || c == '\\')) {
      const auto byte = static_cast<std::uint8_t>(c);
      out += "\\00" + to_hex({&byte, 1});
    } else {
      out.push_back(c);
    }
  }
  return out + "'";
}

// Where the secret can be cut without cutting a character.
std::size_t middle_of(std::string_view secret) {
  std::size_t middle = secret.size() / 2;
  while ((static_cast<unsigned char>(secret[middle]) & 0xC0) == 0x80) ++middle;
  return middle;
}

std::string two_pieces(const std::string& secret, std::string_view prefix, std::string_view join) {
  const std::size_t middle = middle_of(secret);
  return std::string(prefix) + doubled(secret.substr(0, middle)) + std::string(join) +
         std::string(prefix) + doubled(secret.substr(middle));
}

bool holds(const std::string& secret, std::string_view characters) {
  return secret.find_first_of(characters) != std::string::npos;
}

}  // namespace

std::string random_secret(Random& random, Alphabet alphabet) {
  const std::size_t size = 8 + random.below(25);
  std::string secret;
  while (secret.size() < size) {
    const std::uint64_t kind = random.below(10);
    if (secret.empty() || kind < 5) {
      secret.push_back(one_of(random, letters));
    } else if (kind < 8 || alphabet == Alphabet::word) {
      secret.push_back(one_of(random, digits));
    } else if (kind == 8 || alphabet == Alphabet::graphic) {
      const char sign = one_of(random, graphic_signs);
      // Two stars would mask, two dots abbreviate, and a star before a slash end the comment
      // around.
      const bool repeats = sign == secret.back() && (sign == '*' || sign == '.');
      secret.push_back(repeats || (secret.back() == '*' && sign == '/') ? '+' : sign);
    } else {
      secret += other_signs[random.below(other_signs.size())];
    }
  }
  // Ends of a text are where white space is lost.
  while (secret.back() == ' ' || secret.back() == '\\') secret.back() = one_of(random, letters);
  return secret;
}

std::string write_literal(Random& random, const std::string& secret, const std::string& style) {
  if (style == "national") return "N" + doubled(secret);
  if (style == "escape") return "E" + backslashed(secret, '\'');
  if (style == "unicode") return unicode_literal(secret);
  if (style == "mysql") return backslashed(secret, '\'');
  if (style == "dquote") return backslashed(secret, '"');
  if (style == "dollar") return random.below(2) ? "$$" + secret + "$$" : "$pw$" + secret + "$pw$";
  if (style == "q" && !holds(secret, "]'")) return "q'[" + secret + "]'";
  if (style == "raw" && !holds(secret, "'\\")) return "r'" + secret + "'";
  if (style == "triple" && !holds(secret, "'\\")) return "'''" + secret + "'''";
  if (style == "pieces") return two_pieces(secret, "", random.below(2) ? " || " : "||");
  if (style == "plus") return two_pieces(secret, "N", " + ");
  return doubled(secret);
}

std::vector<std::string> leak_forms(std::string_view secret) {
  const std::string json = Json(secret).canonical();
  std::vector<std::string> forms{std::string(secret),
                                 json.substr(1, json.size() - 2),
                                 url_encoded(secret),
                                 hex_of(secret, "0123456789abcdef"),
                                 hex_of(secret, "0123456789ABCDEF"),
                                 utf16(secret, true),
                                 utf16(secret, false),
                                 replace_all(secret, '\'', "''"),
                                 replace_all(replace_all(secret, '\\', "\\\\"), '\'', "\\'")};
  for (std::string& form : base64_alignments(secret)) forms.push_back(std::move(form));
  const std::size_t middle = middle_of(secret);
  for (const std::string_view half : {secret.substr(0, middle), secret.substr(middle)}) {
    if (half.size() >= 6) forms.emplace_back(half);
  }
  std::sort(forms.begin(), forms.end());
  forms.erase(std::unique(forms.begin(), forms.end()), forms.end());
  return forms;
}

}  // namespace studiosync::test
