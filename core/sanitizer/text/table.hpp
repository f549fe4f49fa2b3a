// Tables in a text: Markdown, CSV and TSV, and what database clients print. The cells of a column
// that is called like a credential are credentials. Pure; any thread.
#pragma once

#include "core/sanitizer/text/anchor.hpp"
#include "core/sanitizer/text/names.hpp"

namespace studiosync {

extern const Rule table_rule;

// Whether `name` stands in the header of a table. If so, adds a hit for each credential of it.
bool find_in_table(TextScan& scan, const CredentialName& name);

}  // namespace studiosync
