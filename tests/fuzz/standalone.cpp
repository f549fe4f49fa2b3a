// Runs a fuzz target without libFuzzer: the corpus of the sanitizer, cut, joined and scattered with
// words that matter, from a fixed seed. A sample for every test run; `./dev fuzz` is the real
// thing.
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "core/base/check.hpp"
#include "core/base/json.hpp"
#include "core/base/random.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace studiosync {
namespace {

const std::vector<std::string> words{"'",
                                     "''",
                                     "\"",
                                     "\\",
                                     "\\'",
                                     "$$",
                                     "$a$",
                                     "/*",
                                     "*/",
                                     "--",
                                     "#",
                                     "\n",
                                     "`",
                                     "[",
                                     "]",
                                     "(",
                                     ")",
                                     ";",
                                     "||",
                                     "+",
                                     "=",
                                     ":",
                                     "@",
                                     "://",
                                     "E'",
                                     "N'",
                                     "U&'",
                                     "q'[",
                                     "]'",
                                     "/*!",
                                     "password",
                                     "PASSWORD ",
                                     "pwd=",
                                     "IDENTIFIED BY ",
                                     "secret",
                                     "token=",
                                     "eyJ",
                                     "-----BEGIN ",
                                     "AKIA",
                                     "ghp_",
                                     "[REDACTED]",
                                     "'[REDACTED]'",
                                     "postgres://u:p@h",
                                     "Bearer ",
                                     "\xff",
                                     std::string(1, '\0'),
                                     "\xc3\xa9",
                                     "%3A%2F%2F"};

std::vector<std::string> corpus() {
  std::vector<std::string> texts;
  for (const char* file : {"positives.jsonl", "negatives.jsonl"}) {
    std::ifstream in(std::string(STUDIOSYNC_FIXTURES "/sanitizer/") + file);
    for (std::string line; std::getline(in, line);) {
      const auto json = parse_json(line);
      SS_CHECK(json.has_value());
      texts.push_back(json->find("text")->as_string());
    }
  }
  SS_CHECK(!texts.empty());
  return texts;
}

std::string mutated(const std::vector<std::string>& texts, Random& random) {
  std::string text = texts[random.below(texts.size())];
  for (std::uint64_t n = random.below(4); n > 0; --n) {
    const std::size_t at = random.below(text.size() + 1);
    switch (random.below(5)) {
      case 0:
        text.insert(at, words[random.below(words.size())]);
        break;
      case 1:
        text.erase(at, 1 + random.below(8));
        break;
      case 2:
        text.resize(at);
        break;
      case 3:
        text.insert(at, texts[random.below(texts.size())]);
        break;
      default:
        if (at < text.size()) text[at] = static_cast<char>(random.below(256));
    }
  }
  return text;
}

std::uint64_t current_seed = 0;

// How to see the failing text alone.
void name_the_seed(int) {
  std::fprintf(stderr, "failed: again with 1 %llu\n",
               static_cast<unsigned long long>(current_seed));
}

}  // namespace
}  // namespace studiosync

int main(int argc, char** argv) {
  const std::uint64_t runs = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 20'000;
  const std::uint64_t seed = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1;
  const auto texts = studiosync::corpus();
  std::signal(SIGABRT, studiosync::name_the_seed);
  for (std::uint64_t run = 0; run < runs; ++run) {
    // Each run has a seed of its own, so that one that fails is seen again alone.
    studiosync::current_seed = seed + run;
    studiosync::Random random(studiosync::current_seed);
    const std::string text = studiosync::mutated(texts, random);
    if (runs == 1) std::fprintf(stderr, "%s\n", text.c_str());
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
  }
  std::printf("%llu runs\n", static_cast<unsigned long long>(runs));
}
