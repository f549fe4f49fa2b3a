#include "core/sanitizer/sql/sql_lexer.hpp"

#include <gtest/gtest.h>
