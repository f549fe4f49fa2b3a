#include "e2e/demo/stage.hpp"

#include <sys/stat.h>

namespace studiosync::demo {

Result<std::unique_ptr<DemoDevice>> Stage::join(const std::string& name, bool register_account,
                                                EngineOptions engine) {
  const std::string own = folder + "/" + name;
  if (::mkdir(own.c_str(), 0700) != 0) return fail(ErrorCode::store_error, "cannot create " + own);
  return DemoDevice::join({own, server.url(), name, credentials, register_account, engine});
}

Result<> show_equality(Stage& stage) {
  SS_TRY(stage.laptop->host().wait_synced(patience));
  SS_TRY(stage.desktop->host().wait_synced(patience));
  SS_ASSIGN(const auto laptop, stage.laptop->host().compare_digest(patience));
  SS_ASSIGN(const auto desktop, stage.desktop->host().compare_digest(patience));
  stage.story.say("digest of the server   " + laptop.server);
  stage.story.say("digest of the laptop   " + laptop.device);
  stage.story.say("digest of the desktop  " + desktop.device);
  stage.story.check(laptop.equal && desktop.equal && laptop.device == desktop.device,
                    "the server and both devices hold the same records");
  return {};
}

}  // namespace studiosync::demo
