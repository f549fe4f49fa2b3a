// What a person types into a search box, as a query that FTS5 cannot misread.
#pragma once

#include <string>
#include <string_view>

namespace studiosync::client {

// Every word is quoted, so that operators and punctuation are text; all words must occur, the last
// one as a beginning. Empty when there is no word.
std::string search_query(std::string_view text);

}  // namespace studiosync::client
