#include "core/sanitizer/text/text_rules.hpp"

#include <gtest/gtest.h>
