// What is looked at where a trigger stands. Each recognizer decides about one place of a passage.
#pragma once

#include <cstddef>
#include <string_view>

#include "core/sanitizer/hit.hpp"
#include "core/sanitizer/validator/passage.hpp"

namespace studiosync::validator {

// The rule that refuses the passage for what its trigger at `at` belongs to, or nullptr. Called
// with rising `at`. Reads a bounded number of bytes, or up to a delimiter that the next place has
// to begin with, or moves a mark of the passage: the whole pass is linear.
using Recognizer = const Rule* (*)(Passage& passage, std::size_t at);

const Rule* recognize_uri(Passage& passage, std::size_t at);          // at the byte before ://
const Rule* recognize_escaped_uri(Passage& passage, std::size_t at);  // at :\/\/
const Rule* recognize_jwt(Passage& passage, std::size_t at);          // at eyJ
const Rule* recognize_bearer(Passage& passage, std::size_t at);       // at `bearer`
const Rule* recognize_basic(Passage& passage, std::size_t at);        // at `basic`
const Rule* recognize_private_key(Passage& passage, std::size_t at);  // at `private key`
const Rule* recognize_putty_key(Passage& passage, std::size_t at);    // at `private-lines`
const Rule* recognize_identified(Passage& passage, std::size_t at);   // at `identified`
const Rule* recognize_pragma(Passage& passage, std::size_t at);       // at `pragma`
const Rule* recognize_name(Passage& passage, std::size_t at);         // within a credential's name

}  // namespace studiosync::validator
