// The rules of the SQL layer, as they are reported. Static storage.
#pragma once

#include "core/sanitizer/hit.hpp"

namespace studiosync::sql_rule {

extern const Rule password_clause;
extern const Rule identified_by;
extern const Rule set_password;
extern const Rule replication_password;
extern const Rule key_password;
extern const Rule credential_secret;
extern const Rule option;
extern const Rule cloud_key;
extern const Rule crypto_key;
extern const Rule password_function;
extern const Rule table_function;
extern const Rule procedure_argument;
extern const Rule linked_server;
extern const Rule database_key;
extern const Rule connect_line;
extern const Rule connect_using;
extern const Rule named_value;
extern const Rule inserted_value;
extern const Rule aliased_value;
extern const Rule default_value;
extern const Rule setting_pair;
extern const Rule shell_call;
extern const Rule client_variable;
extern const Rule clause_in_text;

}  // namespace studiosync::sql_rule
