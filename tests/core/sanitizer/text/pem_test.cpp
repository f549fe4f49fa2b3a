#include "core/sanitizer/text/pem.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/core/sanitizer/text/findings.hpp"

namespace studiosync {
namespace {

const std::string line = "k7QxTz2LmWc9RbVn4YsHd6Jf/Gp8EaUi+3OoKq5XtZwBvNrMyCl0SgDhFjPeAuIy";
const std::string last = "T7xQz9Kp2w==";

std::vector<std::string> secrets(std::string_view text) {
  std::vector<std::string> all;
  for (const FoundText& finding : findings(text, {"pem."})) all.push_back(finding.text);
  return all;
}

using Secrets = std::vector<std::string>;

std::string armoured(const std::string& label, const std::string& line_end) {
  return "-----BEGIN " + label + "-----" + line_end + line + line_end + line + line_end + last +
         line_end + "-----END " + label + "-----";
}

TEST(Pem, EachExampleFiresOnce) {
  for (const Rule* rule : pem_rules()) {
    const std::vector<FoundText> found = findings(rule->example, {"pem."});
    ASSERT_EQ(found.size(), 1U) << rule->id;
    EXPECT_EQ(found[0].rule, rule->id);
  }
}

TEST(Pem, FindsTheBodyOfEveryKindOfPrivateKey) {
  for (const char* label : {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY",
                            "OPENSSH PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "PGP PRIVATE KEY BLOCK",
                            "ANY PRIVATE KEY", "OpenVPN Static key V1"}) {
    EXPECT_EQ(secrets(armoured(label, "\n")), (Secrets{line + "\n" + line + "\n" + last})) << label;
  }
}

TEST(Pem, FindsTheBodyWithEveryKindOfLineEnd) {
  for (const std::string end : {"\n", "\r\n", "\\n", "\\r\\n", "\\\\n", "\\\\\\\\n", " ", "\n    ",
                                "%0A", "%0D%0A", "\\u000a"}) {
    EXPECT_EQ(secrets("x='" + armoured("RSA PRIVATE KEY", end) + "'"),
              (Secrets{line + end + line + end + last}))
        << end;
  }
  EXPECT_EQ(secrets("-----BEGIN PRIVATE KEY-----" + line + last + "-----END PRIVATE KEY-----"),
            (Secrets{line + last}));
  EXPECT_EQ(
      secrets("-----BEGIN%20PRIVATE%20KEY-----%0A" + line + "%0A-----END%20PRIVATE%20KEY-----"),
      (Secrets{line}));
}

TEST(Pem, KeepsHeadersQuotesAndCommentSignsBetweenTheLines) {
  EXPECT_EQ(secrets("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n"
                    "DEK-Info: AES-128-CBC,5F0C9A7E3B1D8264F7\n\n" +
                    line + "\n" + last + "\n-----END RSA PRIVATE KEY-----"),
            (Secrets{"5F0C9A7E3B1D8264F7", line + "\n" + last}));
  EXPECT_EQ(secrets("\"-----BEGIN PRIVATE KEY-----\\n\" +\n  \"" + line + "\\n\" +\n  \"" + last +
                    "\\n\" +\n  \"-----END PRIVATE KEY-----\""),
            (Secrets{line, last}));
  EXPECT_EQ(secrets("-- -----BEGIN PRIVATE KEY-----\n-- " + line + "\n-- " + line +
                    "\n-- -----END PRIVATE KEY-----\nSELECT 1"),
            (Secrets{line, line}));
  EXPECT_EQ(secrets("---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nComment: \"mine\"\n" + line +
                    "\n---- END SSH2 ENCRYPTED PRIVATE KEY ----"),
            (Secrets{line}));
}

TEST(Pem, FindsWhatIsLeftOfATruncatedKey) {
  const std::string begin = "-----BEGIN RSA PRIVATE KEY-----\n";
  EXPECT_EQ(secrets(begin + line), (Secrets{line}));
  EXPECT_EQ(secrets(begin + line + "\n" + last), (Secrets{line + "\n" + last}));
  EXPECT_EQ(secrets(begin + line + "\nand so on, said the man"), (Secrets{line}));
  EXPECT_EQ(secrets(begin + line + "...\n"), (Secrets{line}));
  EXPECT_EQ(secrets(begin + line + "\n" + begin + line), (Secrets{line, line}));
  EXPECT_EQ(secrets(begin + "Proc-Type: 4,ENCRYPTED\nDEK-Info: DES,5F0C\n\n" + line),
            (Secrets{line}));
  EXPECT_TRUE(secrets(begin + "[REDACTED]\n" + line).empty());
  EXPECT_TRUE(secrets(begin + "goes before " + line).empty());
}

TEST(Pem, FindsKeysWithoutArmour) {
  EXPECT_EQ(secrets("PuTTY-User-Key-File-2: ssh-rsa\nComment: x\nPublic-Lines: 1\n" + line +
                    "\nPrivate-Lines: 2\n" + line + "\n" + last + "\nPrivate-MAC: 5f0c9a7e3b\n"),
            (Secrets{line + "\n" + last}));
  const std::string bare =
      "MIIEvQ"
      "IBADANBgkqhkiG9w0BAQEFAASC" +
      line;
  EXPECT_EQ(secrets("k = '" + bare + "';"), (Secrets{bare}));
  const std::string openssh =
      "b3BlbnNzaC1rZXktdjE"
      "AAAAABG5vbmU" +
      line;
  EXPECT_EQ(secrets(openssh + "\n" + line + "\n"), (Secrets{openssh + "\n" + line}));
}

TEST(Pem, FindsKeysInBase64OnceMore) {
  const std::string encoded = "LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0t" + line + last;
  EXPECT_EQ(secrets("tls.crt: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t" + line + "\nkey: " + encoded),
            (Secrets{encoded}));
}

TEST(Pem, LeavesPublicThingsAlone) {
  for (const char* label : {"PUBLIC KEY", "RSA PUBLIC KEY", "CERTIFICATE", "CERTIFICATE REQUEST",
                            "PGP PUBLIC KEY BLOCK", "PGP SIGNATURE", "DH PARAMETERS"}) {
    EXPECT_TRUE(secrets(armoured(label, "\n")).empty()) << label;
  }
  EXPECT_TRUE(secrets("MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A" + line).empty());
}

TEST(Pem, LeavesElisionsAndProseAlone) {
  for (const char* text :
       {"-----BEGIN RSA PRIVATE KEY-----\n...\n-----END RSA PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\nMIIE...\n-----END PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\n[REDACTED]\n-----END PRIVATE KEY-----",
        "the line -----BEGIN PRIVATE KEY----- comes first and then the lines of the key",
        "-----BEGIN PRIVATE KEY-----", "-- ---------- begin private key handling ----------"}) {
    EXPECT_TRUE(secrets(text).empty()) << text << secrets(text)[0];
  }
}

}  // namespace
}  // namespace studiosync
