// One member of a room through sotto_group.h, told in JSON what to do. Bytes are hexadecimal.
//
//   {"op": "create", "room", "link", "name", "endpoint", "publishes", "joinPolicy", "mlsSuite",
//   "frameSuite"}
//   {"op": "start", "others"}                         the transport delivers from now on
//   {"op": "receive", "kind", "sender", "number", "bytes"}
//   {"op": "left", "endpoint"}  {"op": "reconnected", "endpoint", "same", "complete"}
//   {"op": "say", "text"}  {"op": "kick", "leaf"}  ... what a person wants
//   {"op": "members"}  {"op": "agreement"}  {"op": "epoch"}  {"op": "fingerprint", "leaf"}
//   {"op": "seal", "context", "codec", "key", "frame"}  -> {"wire"}
//   {"op": "open", "stream", "codec", "wire"}           -> {"frame", "leaf", "context", "epoch",
//   "counter"}
//   {"op": "poll"}                                      -> the same, of a frame that waited
//
// Every answer has "status": a status' name, "ok" when all went well.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "sotto_group.h"

namespace sotto {

class GroupMemberProcess {
 public:
  GroupMemberProcess() = default;
  GroupMemberProcess(const GroupMemberProcess&) = delete;
  GroupMemberProcess& operator=(const GroupMemberProcess&) = delete;
  ~GroupMemberProcess();

  nlohmann::json answer(const nlohmann::json& request, std::int64_t now_us);
  void handle_timeout(std::int64_t now_us);
  std::optional<std::int64_t> next_timeout() const;

  // What is to be sent and shown: {"type": "send", ...} and {"type": "event", ...}.
  std::vector<nlohmann::json> take_output();

 private:
  sotto_status create(const nlohmann::json& request);
  sotto_status transport(const nlohmann::json& request, std::int64_t now_us);
  sotto_status wish(const nlohmann::json& request, nlohmann::json& answer, std::int64_t now_us);
  sotto_status view(const nlohmann::json& request, nlohmann::json& answer, std::int64_t now_us);
  sotto_status frame(const nlohmann::json& request, nlohmann::json& answer, std::int64_t now_us);

  sotto_group* group_ = nullptr;
  sotto_group_frames* frames_ = nullptr;
};

}  // namespace sotto
