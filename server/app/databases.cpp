#include "server/app/databases.hpp"

#include "server/app/accounts_path.hpp"
#include "server/store/sqlite/data_folder.hpp"

namespace studiosync::server {

Result<std::vector<std::string>> databases_of(const std::string& folder) {
  SS_ASSIGN(const std::uint32_t shards, count_shards(folder));
  if (shards == 0) return fail(ErrorCode::store_error, folder + " holds no databases of syncd");
  std::vector<std::string> files;
  for (std::uint32_t number = 0; number < shards; ++number) {
    files.push_back(shard_path(folder, number));
  }
  files.push_back(accounts_path(folder));
  return files;
}

}  // namespace studiosync::server
