#include "server/auth/account_rules.hpp"

#include <gtest/gtest.h>

namespace studiosync::server {
namespace {

TEST(AccountRules, AcceptsUserNames) {
  for (const std::string& name :
       {std::string("a"), std::string("Ada.Lovelace_1+x-y"), std::string(64, 'u')}) {
    EXPECT_TRUE(check_username(name)) << name;
  }
}

TEST(AccountRules, RefusesUserNamesThatCouldBeMistaken) {
  for (const std::string& name :
       {std::string(), std::string("a b"), std::string("ada@example.com"),
        std::string("ad\xc3\xa4"), std::string("a\n"), std::string(65, 'u')}) {
    const auto checked = check_username(name);
    ASSERT_FALSE(checked) << name;
    EXPECT_EQ(checked.error().code, ErrorCode::validation_error);
    EXPECT_EQ(checked.error().path, "$.username");
  }
}

TEST(AccountRules, AcceptsMailAddresses) {
  for (const char* address : {"a@b.de", "test@example.com", "first.last+tag@sub.example.co.uk",
                              "j\xc3\xb6rg@example.com", "x@1-2.example"}) {
    EXPECT_TRUE(check_email(address)) << address;
  }
}

TEST(AccountRules, RefusesWhatIsNoMailAddress) {
  for (const std::string& address :
       {std::string(), std::string("not-an-email"), std::string("@example.com"), std::string("a@"),
        std::string("a@b"), std::string("a b@example.com"), std::string("a@@example.com"),
        std::string("a@exa mple.com"), std::string("a@.example.com"), std::string("a@example.com."),
        std::string("a@-b.com"), std::string("a\r\nBcc:x@example.com"),
        std::string("\xff@example.com"), std::string(65, 'l') + "@example.com",
        "a@" + std::string(250, 'h') + ".com"}) {
    const auto checked = check_email(address);
    ASSERT_FALSE(checked) << address;
    EXPECT_EQ(checked.error().path, "$.email");
  }
}

TEST(AccountRules, AcceptsOrdinaryPasswords) {
  const Identity owner{"ada", "ada@example.com"};
  for (const std::string& password :
       {std::string("password123"), std::string("12345678"), std::string("p\xc3\xa4sswort"),
        std::string(512, 'a') + std::string(512, 'b')}) {
    EXPECT_TRUE(check_password(password, owner, "$.password")) << password;
  }
}

TEST(AccountRules, RefusesWeakPasswordsAndNamesTheField) {
  const Identity owner{"ada.lovelace", "ada@example.com"};
  for (const std::string& password :
       {std::string(), std::string("1234567"), std::string(1025, 'a') + "b",
        std::string("aaaaaaaaaa"), std::string("Ada.Lovelace"), std::string("ADA@example.com"),
        std::string("12345678\xff")}) {
    const auto checked = check_password(password, owner, "$.new_password");
    ASSERT_FALSE(checked) << password;
    EXPECT_EQ(checked.error().code, ErrorCode::validation_error);
    EXPECT_EQ(checked.error().path, "$.new_password");
  }
}

}  // namespace
}  // namespace studiosync::server
