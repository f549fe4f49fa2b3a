#include "core/sanitizer/text/encoded_token.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/core/sanitizer/text/marked_text.hpp"

namespace studiosync {
namespace {

TEST(EncodedToken, FindsTheKeysOfProvidersInBase64) {
  for (const std::string_view marked :
       {"INSERT INTO s VALUES ('‹Z2hwXzE2QzdlNDJGMjkyYzY5MTJFNzcxMGM4MzgzNDdBZTE3OEI0YQ==›')",
        "data:\n  key: "
        "‹c2stcHJvai1BYjNkRWY2aElqOWtMbTJuT3A1cVJzOHRVdjF3WHk0ekFiM2RFZjZoSWo5a0xtMm5UM0JsYmtGSg=="
        "›\n",
        "INSERT INTO s VALUES ('‹QUtJQVEzRUdSVzVUWUhOMkxLWFo=›')",
        "data:\n  key: ‹Z2xwYXQtQWIzZEVmNmhJajlrTG0ybk9wNXE=›\n",
        "INSERT INTO s VALUES "
        "('‹eG94Yi0xMjM0NTY3ODkwMTItMTIzNDU2Nzg5MDEyLUFiM2RFZjZoSWo5a0xtMm5PcDVxUnM4dA==›')",
        "data:\n  key: "
        "‹Z2l0aHViX3BhdF8xMUFCQ0RFRkcwQWIzZEVmNmhJajlrX0xtMm5PcDVxUnM4dFV2MXdYeTR6QWIzZEVmNmhJajlrT"
        "G0ybk9wNXFSczh0VXYxd1h5NHpBYjNkRQ==›\n",
        "INSERT INTO s VALUES ('‹QUl6YVN5RDRrOUxtMm5PcDVxUnM4dFV2MXdYeTR6QWIzZEVmNmhJ›')",
        "data:\n  key: ‹c2tfbGl2ZV80ZUMzOUhxTHlqV0Rhcmp0VDF6ZHA3ZGM=›\n",
        "‹Z2hwXzE2QzdlNDJGMjkyYzY5MTJFNzcxMGM4MzgzNDdBZTE3OEI0YQo=›"}) {
    for (const TextKind kind : {TextKind::prose, TextKind::code}) {
      EXPECT_EQ(found_in(encoded_token_anchors(), without_marks(marked), kind), marked);
      const std::string redacted = redacted_marks(marked);
      EXPECT_EQ(found_in(encoded_token_anchors(), redacted, kind), redacted);
    }
  }
}

// Base64 of a sentence about keys, of half a key, of an example, and what only looks like base64.
TEST(EncodedToken, LeavesOtherBase64Alone) {
  for (const std::string_view text :
       {"x: Z2hwXyBpcyB3aGF0IHRoZSB0b2tlbnMgb2YgR2l0SHViIGJlZ2luIHdpdGg=",
        "x: c2stMTIzNCBhbmQgb3RoZXIgd29yZHMgb2YgYSBzZW50ZW5jZQ==",
        "x: dG9rZW49Z2hwXzE2QzdlNDJGMjkyYzY5MTJFNzcxMGM4MzgzNDdBZTE3OEI0YQ==",
        "x: Z2hwXzE2QzdlNDJGMjkyYzY5MTJFNzcxMA==", "x: QUtJQUlPU0ZPRE5ON0VYQU1QTEU=",
        "x: z2HWxzE2QzdlNDJGMjkyYzY5MTJFNzcxMGM4", "c2st", "task Y2st"}) {
    EXPECT_EQ(found_in(encoded_token_anchors(), text), text);
  }
}

}  // namespace
}  // namespace studiosync
