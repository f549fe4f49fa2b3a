#include "core/sanitizer/text/redis.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/core/sanitizer/text/marked_text.hpp"

namespace studiosync {
namespace {

TEST(Redis, FindsThePasswordsOfItsCommandsInEveryKindOfText) {
  for (const std::string_view marked :
       {"AUTH ‹Hunter2x›", "SELECT 1\nAUTH app ‹Hunter2x›\nGET x", "AUTH \"‹Hunter2x›\"",
        "auth ‹q8Zk1Lm0Xy7Tn5Rw›", "HELLO 3 AUTH app ‹Hunter2x› SETNAME x",
        "MIGRATE h 6379 \"\" 0 5000 COPY AUTH ‹Hunter2x› KEYS a b",
        "MIGRATE h 6379 k 0 5000 AUTH2 app ‹Hunter2x›",
        "ACL SETUSER app on >‹hunter› #‹a54ec097fec43c70› ~* +@all", "acl setuser app <‹hunter›",
        "sentinel auth-pass mymaster ‹hunter›", "port 26379\nsentinel auth-pass m \"‹pw›\"\n",
        "SENTINEL SET mymaster auth-pass ‹hunter›", "sentinel set m quorum 2 auth-pass ‹pw› x y",
        "redis-cli -p 26379 SENTINEL SET mymaster auth-pass ‹Hunter2x›",
        "sentinel sentinel-pass ‹hunter›", "redis-cli AUTH app ‹Hunter2x›",
        "$ valkey-cli -h cache auth ‹Hunter2x›"}) {
    for (const TextKind kind : {TextKind::prose, TextKind::code}) {
      EXPECT_EQ(found_in(redis_anchors(), without_marks(marked), kind), marked);
      const std::string redacted = redacted_marks(marked);
      EXPECT_EQ(found_in(redis_anchors(), redacted, kind), redacted);
    }
  }
}

TEST(Redis, LeavesOtherTextAlone) {
  for (const std::string_view text : {"SELECT auth method1 FROM t",
                                      "auth method1",
                                      "AUTH password",
                                      "AUTH <password>",
                                      "auth required pam_unix.so",
                                      "AUTH LOGIN cmFuZG9tMQ extra words",
                                      "AUTH",
                                      "AUTH ",
                                      "sentinel auth-pass <master> <password>",
                                      "sentinel auth-pass mymaster $PW",
                                      "auth-pass m pw",
                                      "sentinel auth-pass must be set on every node",
                                      "SENTINEL SET m auth-pass [REDACTED]",
                                      "the sentinel reads auth-pass from there",
                                      "sentinel auth-user mymaster admin",
                                      "redis-cli auth required here",
                                      "sentinel auth-pass mymaster",
                                      "redis-cli AUTH",
                                      "ACL SETUSER app on nopass ~* +@all",
                                      "acl setuser ",
                                      "ACL SETUSER app >"}) {
    EXPECT_EQ(found_in(redis_anchors(), text), text);
  }
}

}  // namespace
}  // namespace studiosync
