#include "core/sanitizer/text/jwt.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/core/sanitizer/text/findings.hpp"

namespace studiosync {
namespace {

const std::string header = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9";
const std::string claims = "eyJzdWIiOiI3NDE4MyIsIm5hbWUiOiJhbmEifQ";
const std::string signature = "k7QxTz2LmWc9RbVn4YsHd6Jf_Gp8EaUi-3OoKq5XtZw";
const std::string token = header + "." + claims + "." + signature;

std::vector<FoundText> jwt_findings(std::string_view text) {
  return findings(text, {"jwt.", "encoded."});
}

TEST(Jwt, EachExampleFiresOnce) {
  for (const Rule* rule : jwt_rules()) {
    ASSERT_EQ(jwt_findings(rule->example).size(), 1U) << rule->id;
    EXPECT_EQ(jwt_findings(rule->example)[0].rule, rule->id);
  }
}

TEST(Jwt, FindsTheExactRangeInEverySurrounding) {
  for (const auto& [before, after] :
       std::vector<std::pair<std::string, std::string>>{{"", ""},
                                                        {"'", "'"},
                                                        {"Bearer ", "\n"},
                                                        {"?t=", "&x=1"},
                                                        {"\\n", "\\n"},
                                                        {"%20", "%20"},
                                                        {"see ", ". Then"},
                                                        {"see ", "."},
                                                        {"{\"t\":\"", "\"}"}}) {
    EXPECT_EQ(jwt_findings(before + token + after), (std::vector<FoundText>{{"jwt.token", token}}))
        << before << after;
  }
}

TEST(Jwt, FindsEncryptedUnsignedAndDetachedTokens) {
  const std::string part = "k7QxTz2LmWc9RbVn4YsHd6Jf";
  const std::string indented = "ewogICJhbGciOiAiSFMyNTYiLAogICJ0eXAiOiAiSldUIgp9";
  for (const std::string& text :
       {header + "." + part + "." + part + "." + part + "." + part,
        header + ".." + part + "." + part + "." + part, header + "." + claims + ".",
        header + "." + claims, header + ".." + part, indented + "." + claims + "." + part}) {
    const std::vector<FoundText> found = jwt_findings("(" + text + ")");
    ASSERT_EQ(found.size(), 1U) << text;
    EXPECT_TRUE(text.starts_with(found[0].text)) << text;
    EXPECT_LE(text.size() - found[0].text.size(), 1U) << text;
  }
}

TEST(Jwt, LeavesOtherTextAlone) {
  for (const std::string& text :
       std::vector<std::string>{"eyJ", "eyJ...", "eyJhbGciOi...", header, header + ".",
                                header + ".x", "keyJson.eyJson.a", "Z9" + token,
                                "eyJunkThatIsNoJsonAtAll.eyJunkThatIsNoJsonAtAll.eyJunkThatIsNo",
                                "eyJwYWdlIjoxLCJzb3J0IjoibmFtZSJ9"}) {
    EXPECT_TRUE(jwt_findings(text).empty()) << text;
  }
}

TEST(Jwt, FindsOneTokenBehindAnother) {
  EXPECT_EQ(jwt_findings(token + "," + token + " " + token).size(), 3U);
}

TEST(Jwt, FindsCredentialFilesInBase64) {
  // {"auths":{"r.example.com":{"auth":"…"}}} as in the secrets of a cluster
  const std::string text = "eyJhdXRocyI6eyJyLmV4YW1wbGUuY29tIjp7ImF1dGgiOiJZV1J0YVc0NmNIZz0ifX19";
  EXPECT_EQ(jwt_findings("pull: " + text + "\n"),
            (std::vector<FoundText>{{"encoded.credentials", text}}));
}

}  // namespace
}  // namespace studiosync
