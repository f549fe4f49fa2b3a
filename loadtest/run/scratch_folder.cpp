#include "loadtest/run/scratch_folder.hpp"

#include <filesystem>
#include <utility>

#include "os/entropy.hpp"
#include "os/private_file.hpp"

namespace studiosync::load {

Result<ScratchFolder> ScratchFolder::make() {
  std::error_code error;
  const auto parent = std::filesystem::temp_directory_path(error);
  if (error)
    return fail(ErrorCode::store_error, "no folder for temporary files: " + error.message());
  ScratchFolder scratch;
  scratch.path_ = parent / ("syncload-" + os::random_uuid());
  SS_TRY(os::make_private_folder(scratch.path_));
  return scratch;
}

ScratchFolder::ScratchFolder(ScratchFolder&& other) noexcept
    : path_(std::exchange(other.path_, {})) {}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

}  // namespace studiosync::load
