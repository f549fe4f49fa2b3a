#include "core/sanitizer/text/tools.hpp"

#include <array>

#include "core/sanitizer/value/ascii.hpp"

namespace studiosync {
namespace {

constexpr std::array tools{Tool{"mysql", Takes::attached, 'p'},
                           Tool{"mysqldump", Takes::attached, 'p'},
                           Tool{"mysqladmin", Takes::attached, 'p'},
                           Tool{"mysqladmin", Takes::new_password},
                           Tool{"mysqlimport", Takes::attached, 'p'},
                           Tool{"mysqlpump", Takes::attached, 'p'},
                           Tool{"mysqlsh", Takes::attached, 'p'},
                           Tool{"mysqlbinlog", Takes::attached, 'p'},
                           Tool{"mysqlcheck", Takes::attached, 'p'},
                           Tool{"mysqlshow", Takes::attached, 'p'},
                           Tool{"mysqlslap", Takes::attached, 'p'},
                           Tool{"mycli", Takes::attached, 'p'},
                           Tool{"mariadb", Takes::attached, 'p'},
                           Tool{"mariadb-dump", Takes::attached, 'p'},
                           Tool{"mariadb-admin", Takes::attached, 'p'},
                           Tool{"mydumper", Takes::value, 'p'},
                           Tool{"myloader", Takes::value, 'p'},
                           Tool{"7z", Takes::attached, 'p'},
                           Tool{"7za", Takes::attached, 'p'},
                           Tool{"unrar", Takes::attached, 'p'},
                           Tool{"mongo", Takes::value, 'p'},
                           Tool{"mongosh", Takes::value, 'p'},
                           Tool{"mongodump", Takes::value, 'p'},
                           Tool{"mongorestore", Takes::value, 'p'},
                           Tool{"mongoexport", Takes::value, 'p'},
                           Tool{"mongoimport", Takes::value, 'p'},
                           Tool{"mongostat", Takes::value, 'p'},
                           Tool{"mongotop", Takes::value, 'p'},
                           Tool{"sqlcmd", Takes::value, 'P'},
                           Tool{"bcp", Takes::value, 'P'},
                           Tool{"isql", Takes::value, 'P'},
                           Tool{"osql", Takes::value, 'P'},
                           Tool{"tsql", Takes::value, 'P'},
                           Tool{"redis-cli", Takes::value, 'a'},
                           Tool{"redis-benchmark", Takes::value, 'a'},
                           Tool{"valkey-cli", Takes::value, 'a'},
                           Tool{"sshpass", Takes::value, 'p'},
                           Tool{"beeline", Takes::value, 'p'},
                           Tool{"cqlsh", Takes::value, 'p'},
                           Tool{"nodetool", Takes::value, 'p'},
                           Tool{"vsql", Takes::value, 'w'},
                           Tool{"exaplus", Takes::value, 'p'},
                           Tool{"cypher-shell", Takes::value, 'p'},
                           Tool{"ldapsearch", Takes::value, 'w'},
                           Tool{"ldapmodify", Takes::value, 'w'},
                           Tool{"ldapadd", Takes::value, 'w'},
                           Tool{"ldapdelete", Takes::value, 'w'},
                           Tool{"ldapwhoami", Takes::value, 'w'},
                           Tool{"ldappasswd", Takes::value, 'w'},
                           Tool{"ldappasswd", Takes::value, 's'},
                           Tool{"unzip", Takes::value, 'P'},
                           Tool{"zip", Takes::value, 'P'},
                           Tool{"ssh-keygen", Takes::value, 'N'},
                           Tool{"docker login", Takes::value, 'p'},
                           Tool{"podman login", Takes::value, 'p'},
                           Tool{"registry login", Takes::value, 'p'},
                           Tool{"oc login", Takes::value, 'p'},
                           Tool{"cf login", Takes::value, 'p'},
                           Tool{"psexec", Takes::value, 'p'},
                           Tool{"ipmitool", Takes::value, 'P'},
                           Tool{"snmpwalk", Takes::value, 'A'},
                           Tool{"curl", Takes::login, 'u'},
                           Tool{"curl", Takes::login, 'U'},
                           Tool{"smbclient", Takes::percent, 'U'},
                           Tool{"rpcclient", Takes::percent, 'U'},
                           Tool{"lftp", Takes::comma, 'u'},
                           Tool{"sqlplus", Takes::oracle},
                           Tool{"sqlcl", Takes::oracle},
                           Tool{"expdp", Takes::oracle},
                           Tool{"impdp", Takes::oracle},
                           Tool{"sqlldr", Takes::oracle},
                           Tool{"rman", Takes::oracle},
                           Tool{"dgmgrl", Takes::oracle},
                           Tool{"exp userid=", Takes::oracle},
                           Tool{"imp userid=", Takes::oracle},
                           Tool{"configure set", Takes::named},
                           Tool{"config set", Takes::named},
                           Tool{"htpasswd", Takes::htpasswd},
                           Tool{"rabbitmqctl add_user", Takes::place, 0, 2},
                           Tool{"rabbitmqctl change_password", Takes::place, 0, 2},
                           Tool{"net user", Takes::place, 0, 2},
                           Tool{"isql", Takes::place, 0, 3},
                           Tool{"mc alias set", Takes::place, 0, 4},
                           Tool{"az login", Takes::value, 'p'},
                           Tool{"az sql", Takes::value, 'p'},
                           Tool{"az postgres", Takes::value, 'p'},
                           Tool{"az mysql", Takes::value, 'p'},
                           Tool{"az mariadb", Takes::value, 'p'},
                           Tool{"az synapse", Takes::value, 'p'},
                           Tool{"mssql-cli", Takes::value, 'P'},
                           Tool{"hdbsql", Takes::value, 'p'},
                           Tool{"influx", Takes::value, 'p'},
                           Tool{"openssl enc", Takes::separate, 'k'},
                           Tool{"ssh-keygen", Takes::value, 'P'},
                           Tool{"rdesktop", Takes::value, 'p'},
                           Tool{"mosquitto_pub", Takes::value, 'P'},
                           Tool{"mosquitto_sub", Takes::value, 'P'},
                           Tool{"rabbitmqadmin", Takes::value, 'p'},
                           Tool{"taos", Takes::attached, 'p'},
                           Tool{":connect", Takes::value, 'P'},
                           Tool{"http", Takes::login, 'a'},
                           Tool{"https", Takes::login, 'a'},
                           Tool{"etcdctl", Takes::login},
                           Tool{"mysqlsh", Takes::address},
                           Tool{"\\connect", Takes::address},
                           Tool{"\\c", Takes::address},
                           Tool{"db2 connect", Takes::using_word},
                           Tool{"connect to", Takes::using_word},
                           Tool{".logon", Takes::comma_word}};

constexpr std::uint8_t first_byte(const Tool& tool) {
  return static_cast<std::uint8_t>(tool.name.front());
}

// For each tool the next one with the same first byte, and for each byte the first; `tools.size()`
// ends a chain.
struct Chains {
  std::array<std::uint8_t, 256> first{};
  std::array<std::uint8_t, tools.size()> next{};

  constexpr Chains() {
    first.fill(tools.size());
    for (std::size_t i = tools.size(); i-- > 0;) {
      next[i] = first[first_byte(tools[i])];
      first[first_byte(tools[i])] = static_cast<std::uint8_t>(i);
    }
  }
};
static_assert(tools.size() < 256);

constexpr Chains chains;

const Tool* tool_or_none(std::size_t index) noexcept {
  return index < tools.size() ? &tools[index] : nullptr;
}

}  // namespace

const Tool* first_tool(char initial) noexcept {
  return tool_or_none(chains.first[static_cast<std::uint8_t>(to_lower(initial))]);
}

const Tool* next_tool(const Tool& tool) noexcept {
  return tool_or_none(chains.next[static_cast<std::size_t>(&tool - tools.data())]);
}

}  // namespace studiosync
