#include "core/sanitizer/text/settings.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/core/sanitizer/text/marked_text.hpp"

namespace studiosync {
namespace {

using std::string_view_literals::operator""sv;

void expect_marks(std::initializer_list<std::string_view> texts) {
  for (const std::string_view marked : texts) {
    EXPECT_EQ(found_in(settings_anchors(), without_marks(marked)), marked);
    const std::string redacted = redacted_marks(marked);
    EXPECT_EQ(found_in(settings_anchors(), redacted), redacted);
  }
}

TEST(Settings, FindsThePasswordOfPgpassLines) {
  expect_marks({"localhost:5432:shop:app:‹hunter2›", "*:*:*:postgres:‹letmein›",
                "# comment\ndb.internal:5432:*:app:‹p w:d\\:x›\n", "10.0.0.5:6432:shop:app:‹x›",
                "db:*:shop:app:‹hunter2›"});
}

TEST(Settings, FindsThePasswordOfNetrc) {
  expect_marks({"machine db.internal login app password ‹letmein›",
                "machine h\n  login app\n  password ‹hunter2›\n",
                "default login app password ‹letmein›", "login bob password ‹Hunter2!›"});
}

TEST(Settings, FindsDirectives) {
  expect_marks({"requirepass ‹letmein›", "port 6379\nrequirepass \"‹let me in›\"\n",
                "CONFIG SET requirepass ‹foobared›",
                "config set maxmemory 1gb requirepass ‹foobared› masterauth ‹Wq7-hT2p›",
                "masterauth ‹foobared›", "redis-server --requirepass ‹foobared›",
                "bindpw ‹letmein›"});
}

TEST(Settings, LeavesEverythingElseAlone) {
  expect_marks({"ports: \"5432:5432\"",
                "127.0.0.1:5432:5432",
                "localhost:5432:shop:app:<password>",
                "localhost:5432:shop:app:*",
                "http://h:5432:x",
                "localhost:5432:shop",
                "login with password authentication",
                "login form password field",
                "login as bob",
                "login app password required",
                "# set requirepass to protect the server",
                "with config set requirepass to a strong one",
                "requirepass <password>",
                "requirepass ${REDIS_PASSWORD}",
                "the requirepass directive",
                "login",
                "login ",
                ":5432:",
                ":*:",
                "a:*:b:c:",
                "10:5432:00"});
}

}  // namespace
}  // namespace studiosync
