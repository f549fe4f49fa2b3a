#include "server/auth/password.hpp"

#include <gtest/gtest.h>
#include <time.h>

namespace studiosync::server {
namespace {

std::int64_t thread_cpu_us() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return t.tv_sec * 1'000'000 + t.tv_nsec / 1000;
}

std::int64_t verify_cpu_us(const PasswordHasher& hasher, const std::string& stored) {
  const std::int64_t before = thread_cpu_us();
  EXPECT_FALSE(hasher.verify("wrong password", stored));
  return thread_cpu_us() - before;
}

TEST(PasswordHasher, VerifiesThePasswordAndNoOther) {
  const PasswordHasher hasher(4, {"pepper"});
  const std::string stored = hasher.hash("correct horse").value();
  EXPECT_TRUE(hasher.verify("correct horse", stored));
  EXPECT_FALSE(hasher.verify("correct horsf", stored));
  EXPECT_FALSE(hasher.verify("correct horse ", stored));
  EXPECT_FALSE(hasher.verify("", stored));
}

TEST(PasswordHasher, TellsApartPasswordsBeyondTheSeventyTwoBytesOfBcrypt) {
  const PasswordHasher hasher(4, {"pepper"});
  const std::string start(100, 'x');
  EXPECT_FALSE(hasher.verify(start + "b", hasher.hash(start + "a").value()));
}

TEST(PasswordHasher, TellsApartPasswordsBeyondAZeroByte) {
  const PasswordHasher hasher(4, {"pepper"});
  const std::string start("abc\0", 4);
  EXPECT_FALSE(hasher.verify(start + "b", hasher.hash(start + "a").value()));
}

TEST(PasswordHasher, StoresSchemeCostAndASaltOfItsOwn) {
  const PasswordHasher hasher(4, {"pepper"});
  const std::string stored = hasher.hash("correct horse").value();
  EXPECT_TRUE(stored.starts_with("$hs384$"));
  EXPECT_NE(stored.find("$2b$04$"), stored.npos);
  EXPECT_NE(stored, hasher.hash("correct horse").value());
}

TEST(PasswordHasher, NeedsThePepper) {
  const std::string stored = PasswordHasher(4, {"pepper"}).hash("correct horse").value();
  EXPECT_FALSE(PasswordHasher(4, {"another"}).verify("correct horse", stored));
}

TEST(PasswordHasher, VerifiesWithAnOlderPepperAndCallsItOutdated) {
  const std::string stored = PasswordHasher(4, {"old"}).hash("correct horse").value();
  const PasswordHasher hasher(4, {"new", "old"});
  EXPECT_TRUE(hasher.verify("correct horse", stored));
  EXPECT_TRUE(hasher.outdated(stored));
  EXPECT_FALSE(hasher.outdated(hasher.hash("correct horse").value()));
}

TEST(PasswordHasher, KnowsItsPeppersByTheirNameInAHash) {
  const auto name = [](const std::string& pepper) {
    return std::string(PasswordHasher(4, {pepper}).name());
  };
  const PasswordHasher hasher(4, {"new", "old"});
  EXPECT_TRUE(hasher.knows(name("new")));
  EXPECT_TRUE(hasher.knows(name("old")));
  EXPECT_FALSE(hasher.knows(name("another")));
  EXPECT_FALSE(hasher.knows(""));
  EXPECT_TRUE(hasher.hash("correct horse")->starts_with(hasher.name()));
}

TEST(PasswordHasher, CallsAnotherCostOutdated) {
  const std::string stored = PasswordHasher(4, {"pepper"}).hash("correct horse").value();
  EXPECT_FALSE(PasswordHasher(4, {"pepper"}).outdated(stored));
  EXPECT_TRUE(PasswordHasher(5, {"pepper"}).outdated(stored));
}

TEST(PasswordHasher, RefusesWhatIsNoHash) {
  const PasswordHasher hasher(4, {"pepper"});
  const std::string stored = hasher.hash("correct horse").value();
  for (const std::string& other : {std::string(), std::string("$hs384$"), std::string("*0"),
                                   stored.substr(0, 40), stored.substr(0, 15), stored.substr(15)}) {
    EXPECT_FALSE(hasher.verify("correct horse", other)) << other;
  }
}

// 2^cost for each hash that is made.
struct CountedRounds {
  PasswordCrypt crypt() {
    return [this](const std::string& phrase, const std::string& setting) {
      rounds += 1 << std::stoi(setting.substr(4, 2));
      return bcrypt(phrase, setting);
    };
  }
  int of_failure(const PasswordHasher& hasher, const std::string& stored) {
    rounds = 0;
    EXPECT_FALSE(hasher.verify("wrong password", stored));
    return rounds;
  }
  int rounds = 0;
};

// Else the time of a wrong login would tell which accounts there are, once the cost was changed.
TEST(PasswordHasher, SpendsAsMuchOnEveryFailureWhicheverCostTheHashIsOf) {
  const auto stored_with = [](int cost, const std::string& pepper) {
    return PasswordHasher(cost, {pepper}).hash("correct horse").value();
  };
  CountedRounds counted;
  PasswordHasher hasher(6, {"new", "old"}, counted.crypt());
  for (const int cost : {4, 5, 6}) {
    EXPECT_EQ(counted.of_failure(hasher, stored_with(cost, "new")), 1 << 6) << cost;
    EXPECT_EQ(counted.of_failure(hasher, stored_with(cost, "old")), 1 << 6) << cost;
  }
  EXPECT_EQ(counted.of_failure(hasher, stored_with(5, "lost")), 1 << 6);
  EXPECT_EQ(counted.of_failure(hasher, ""), 1 << 6);
  hasher.spend(8);  // it was lowered, and some are still of before
  EXPECT_EQ(counted.of_failure(hasher, stored_with(8, "new")), 1 << 8);
  EXPECT_EQ(counted.of_failure(hasher, stored_with(6, "new")), 1 << 8);
  EXPECT_EQ(counted.of_failure(hasher, stored_with(4, "old")), 1 << 8);
  EXPECT_EQ(counted.of_failure(hasher, ""), 1 << 8);
}

TEST(PasswordHasher, TellsTheCostOfItsHashesByTheirBeginning) {
  const PasswordHasher hasher(5, {"pepper"});
  EXPECT_TRUE(hasher.hash("correct horse")->starts_with(hasher.beginning()));
  EXPECT_EQ(PasswordHasher::cost_of(hasher.beginning()), 5);
  EXPECT_EQ(PasswordHasher::cost_of(PasswordHasher(12, {"pepper"}).beginning()), 12);
  for (const char* other : {"", "hash", "$hs384$01234567$2b$1", "$hs384$01234567$2b$xx"}) {
    EXPECT_EQ(PasswordHasher::cost_of(other), std::nullopt) << other;
  }
}

// CPU time of this thread, so that a busy machine changes nothing; without hashing the difference
// would be a thousandfold.
TEST(PasswordHasher, SpendsAsMuchTimeOnAnAccountThatDoesNotExist) {
  const PasswordHasher hasher(8, {"pepper"});
  const std::string stored = hasher.hash("correct horse").value();
  EXPECT_GT(verify_cpu_us(hasher, "") * 4, verify_cpu_us(hasher, stored));
}

}  // namespace
}  // namespace studiosync::server
