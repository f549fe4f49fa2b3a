#include "tests/server/api/api_fixture.hpp"

namespace studiosync::server {
namespace {

class AuthRoutes : public ApiTest {
 protected:
  Answer log_in(const std::string& key, const std::string& login,
                const std::string& password = "correct horse") {
    return post("/api/auth/login",
                R"({")" + key + R"(":")" + login + R"(","password":")" + password + "\"}");
  }
};

TEST_F(AuthRoutes, RegisteringAnswersWithTheUserAndItsTokens) {
  const Answer answer = sign_up("ada");
  ASSERT_EQ(answer.status, 201);
  EXPECT_EQ(at(answer.body, "user.username"), Json("ada"));
  EXPECT_EQ(at(answer.body, "user.email"), Json("ada@example.com"));
  EXPECT_EQ(at(answer.body, "user.role"), Json("user"));
  EXPECT_FALSE(at(answer.body, "user.id").as_string().empty());
  EXPECT_FALSE(at(answer.body, "refresh_token").as_string().empty());
  EXPECT_EQ(at(answer.body, "expires_at"), Json(to_rfc3339(now_ + Millis{24LL * 3600 * 1000})));
}

TEST_F(AuthRoutes, SigningUpIsRegistering) {
  const Answer answer =
      post("/api/auth/signup",
           R"({"username":"bob","email":"bob@example.com","password":"correct horse"})");
  EXPECT_EQ(answer.status, 201);
}

TEST_F(AuthRoutes, NameTheFieldThatIsMissingOrBad) {
  const auto refused = [&](const std::string& body) {
    const Answer answer = post("/api/auth/register", body);
    EXPECT_EQ(answer.status, 400);
    return at(answer.body, "path");
  };
  EXPECT_EQ(refused("{}"), Json("$.username"));
  EXPECT_EQ(refused(R"({"username":"a","password":"correct horse"})"), Json("$.email"));
  EXPECT_EQ(refused(R"({"username":"a","email":"a@example.com"})"), Json("$.password"));
  EXPECT_EQ(refused(R"({"username":"a","email":"a@example.com","password":"short"})"),
            Json("$.password"));
  EXPECT_EQ(refused(R"({"username":"a","email":"nowhere","password":"correct horse"})"),
            Json("$.email"));
  EXPECT_EQ(refused(R"({"username":1,"email":"a@example.com","password":"correct horse"})"),
            Json("$.username"));
}

TEST_F(AuthRoutes, RefuseANameThatIsTaken) {
  sign_up("ada");
  const Answer again = sign_up("ada");
  EXPECT_EQ(again.status, 409);
  EXPECT_EQ(at(again.body, "code"), Json("already_exists"));
}

TEST_F(AuthRoutes, LogInByNameOrByAddress) {
  sign_up("ada");
  for (const auto& [key, login] : Headers{{"username", "ada"},
                                          {"email", "ada@example.com"},
                                          {"login", "ada"},
                                          {"username", "ada@example.com"}}) {
    const Answer answer = log_in(key, login);
    EXPECT_EQ(answer.status, 200) << key;
    EXPECT_EQ(at(answer.body, "user.username"), Json("ada"));
  }
  EXPECT_EQ(post("/api/auth/login", R"({"password":"correct horse"})").status, 400);
}

TEST_F(AuthRoutes, DoNotTellWhichPartOfALoginWasWrong) {
  sign_up("ada");
  const Answer wrong_password = log_in("email", "ada@example.com", "battery staple");
  const Answer wrong_name = log_in("email", "eve@example.com");
  EXPECT_EQ(wrong_password.status, 401);
  EXPECT_EQ(wrong_password.raw.body, wrong_name.raw.body);
}

TEST_F(AuthRoutes, RotateRefreshTokens) {
  const std::string token = at(sign_up("ada").body, "refresh_token").as_string();
  const Answer fresh = post("/api/auth/refresh", R"({"refresh_token":")" + token + "\"}");
  EXPECT_EQ(fresh.status, 200);
  EXPECT_NE(at(fresh.body, "refresh_token"), Json(token));
  EXPECT_EQ(post("/api/auth/refresh", R"({"refresh_token":"forged"})").status, 401);
  EXPECT_EQ(at(post("/api/auth/refresh", "{}").body, "path"), Json("$.refresh_token"));
}

TEST_F(AuthRoutes, AfterLogoutTheTokenIsRefused) {
  sign_up("ada");
  EXPECT_EQ(get("/api/auth/profile").status, 200);
  EXPECT_EQ(post("/api/auth/logout").status, 200);
  EXPECT_EQ(get("/api/auth/profile").status, 401);
  EXPECT_EQ(get("/api/sync/status").status, 401);
}

TEST_F(AuthRoutes, TheProfileIsTheTokensOwner) {
  sign_up("ada");
  sign_up("bob");
  const Answer answer = get("/api/auth/profile");
  EXPECT_EQ(at(answer.body, "user.username"), Json("bob"));
  EXPECT_EQ(at(answer.body, "user.created_at"), Json(to_rfc3339(now_)));
}

TEST_F(AuthRoutes, ChangingThePasswordEndsTheOtherSessions) {
  sign_up("ada");
  const std::string other = at(log_in("username", "ada").body, "token").as_string();
  EXPECT_EQ(post("/api/auth/change-password",
                 R"({"current_password":"correct horse","new_password":"battery staple"})")
                .status,
            200);
  EXPECT_EQ(get("/api/auth/profile").status, 200);
  token_ = other;
  EXPECT_EQ(get("/api/auth/profile").status, 401);
  EXPECT_EQ(log_in("username", "ada").status, 401);
  EXPECT_EQ(log_in("username", "ada", "battery staple").status, 200);
}

TEST_F(AuthRoutes, DoNotChangeThePasswordWithoutTheOldOne) {
  sign_up("ada");
  // `old_password` is how earlier clients call it.
  for (const char* member : {"current_password", "old_password"}) {
    const Answer refused =
        post("/api/auth/change-password",
             std::string(R"({")") + member + R"(":"guess","new_password":"battery staple"})");
    EXPECT_EQ(refused.status, 403);
    EXPECT_EQ(at(refused.body, "path"), Json("$.current_password"));
  }
  EXPECT_EQ(
      at(post("/api/auth/change-password", R"({"new_password":"battery staple"})").body, "path"),
      Json("$.current_password"));
}

}  // namespace
}  // namespace studiosync::server
