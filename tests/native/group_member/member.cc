#include "native/group_member/member.h"

#include <array>
#include <ctime>
#include <string>

#include "base/hex.h"

namespace sotto {
namespace {

using nlohmann::json;
using Bytes = std::vector<std::uint8_t>;

constexpr sotto_status kNoSuchOp = 1;  // no status of the interface, which are all 0 or negative

Bytes bytes_of(const json& request, const char* field) {
  return from_hex(request.at(field).get<std::string>()).value();
}
std::string hex_of(const std::uint8_t* bytes, std::size_t size) {
  return bytes == nullptr ? "" : to_hex({bytes, size});
}
std::string text_of(const char* text, std::size_t size) {
  return text == nullptr ? "" : std::string(text, size);
}

json describe(const sotto_group_member& member) {
  return {{"leaf", member.leaf},
          {"self", member.self != 0},
          {"moderator", member.moderator != 0},
          {"reachability", member.reachability},
          {"standing", member.standing},
          {"marks", member.marks},
          {"identity", hex_of(member.identity_key, sizeof member.identity_key)},
          {"name", text_of(member.name, member.name_size)},
          {"endpoint", hex_of(member.endpoint, SOTTO_GROUP_ENDPOINT_SIZE)}};
}

json describe(const sotto_group_event& event) {
  json told = {{"type", "event"},
               {"event", event.type},
               {"leaf", event.leaf},
               {"by", event.by},
               {"value", event.value},
               {"number", event.number},
               {"flags", event.flags},
               {"name", text_of(event.name, event.name_size)},
               {"text", text_of(event.text, event.text_size)},
               {"bytes", hex_of(event.bytes, event.bytes_size)},
               {"endpoint", hex_of(event.endpoint, SOTTO_GROUP_ENDPOINT_SIZE)},
               {"leaves", Bytes()}};
  told["leaves"] = std::vector<std::uint32_t>(event.leaves, event.leaves + event.leaf_count);
  if (event.member != nullptr) told["member"] = describe(*event.member);
  return told;
}

json describe(const sotto_group_frame& opened) {
  return {{"frame", hex_of(opened.frame, opened.frame_size)},
          {"leaf", opened.leaf},
          {"context", opened.context},
          {"epoch", opened.epoch},
          {"counter", opened.counter},
          {"key", opened.key_frame != 0},
          {"lags", opened.lags != 0}};
}

}  // namespace

GroupMemberProcess::~GroupMemberProcess() {
  sotto_group_destroy(group_);
  sotto_group_frames_destroy(frames_);
}

json GroupMemberProcess::answer(const json& request, std::int64_t now_us) {
  json answer = json::object();
  sotto_status status = request.at("op") == "create" ? create(request) : kNoSuchOp;
  if (status == kNoSuchOp) status = transport(request, now_us);
  if (status == kNoSuchOp) status = wish(request, answer, now_us);
  if (status == kNoSuchOp) status = view(request, answer, now_us);
  if (status == kNoSuchOp) status = frame(request, answer, now_us);
  answer["status"] = status == kNoSuchOp ? "no such op" : sotto_status_name(status);
  return answer;
}

sotto_status GroupMemberProcess::create(const json& request) {
  const std::string room = request.at("room"), link = request.at("link"), name = request.at("name");
  const Bytes endpoint = bytes_of(request, "endpoint");
  std::array<std::uint8_t, SOTTO_GROUP_IDENTITY_SIZE> identity{};
  if (endpoint.size() != SOTTO_GROUP_ENDPOINT_SIZE) return SOTTO_E_INVALID_ARGUMENT;
  sotto_status status = sotto_group_identity(identity.data(), identity.size());
  if (status != SOTTO_OK) return status;
  sotto_group_options options = {};
  options.struct_size = sizeof options;
  options.room = room.c_str();
  options.link = link.c_str();
  options.name = name.c_str();
  options.endpoint = endpoint.data();
  options.identity = identity.data();
  options.publishes = request.value("publishes", true) ? 1 : 0;
  options.join_policy = request.value("joinPolicy", 0u);
  options.mls_suite = request.value("mlsSuite", 0u);
  options.frame_suite = request.value("frameSuite", 0u);
  status = sotto_group_create(&options, &group_);
  return status == SOTTO_OK ? sotto_group_frames_create(group_, &frames_) : status;
}

sotto_status GroupMemberProcess::transport(const json& request, std::int64_t now_us) {
  const std::string op = request.at("op");
  if (op == "start") {
    const auto unix_seconds = static_cast<std::uint64_t>(std::time(nullptr));
    return sotto_group_start(group_, request.at("others").get<std::size_t>(), now_us, unix_seconds);
  }
  if (op == "receive") {
    const Bytes sender = bytes_of(request, "sender"), bytes = bytes_of(request, "bytes");
    return sotto_group_receive(group_, request.at("kind").get<std::uint32_t>(), sender.data(),
                               request.at("number").get<std::uint64_t>(), bytes.data(),
                               bytes.size(), now_us);
  }
  if (op == "left") {
    return sotto_group_endpoint_left(group_, bytes_of(request, "endpoint").data(), now_us);
  }
  if (op == "reconnected") {
    const Bytes endpoint = bytes_of(request, "endpoint");
    return sotto_group_reconnected(group_, endpoint.empty() ? nullptr : endpoint.data(),
                                   request.at("same").get<bool>() ? 1 : 0, now_us);
  }
  return kNoSuchOp;
}

sotto_status GroupMemberProcess::wish(const json& request, json& answer, std::int64_t now_us) {
  const std::string op = request.at("op");
  const auto identity = [&] { return bytes_of(request, "identity"); };
  const auto text = [&] { return request.at("text").get<std::string>(); };
  if (op == "say") {
    std::uint32_t number = 0;
    const sotto_status status = sotto_group_say(group_, text().c_str(), now_us, &number);
    answer["number"] = number;
    return status;
  }
  if (op == "react") return sotto_group_react(group_, text().c_str(), now_us);
  if (op == "marks") {
    return sotto_group_set_marks(group_, request.at("marks").get<std::uint32_t>(), now_us);
  }
  if (op == "kick") return sotto_group_kick(group_, identity().data(), 0, now_us);
  if (op == "makeModerator") return sotto_group_make_moderator(group_, identity().data(), now_us);
  if (op == "admit") {
    return sotto_group_admit(group_, bytes_of(request, "endpoint").data(), now_us);
  }
  if (op == "startCode") return sotto_group_start_code(group_, now_us);
  if (op == "confirmCode") {
    return sotto_group_confirm_code(group_, bytes_of(request, "code").data(), now_us);
  }
  if (op == "joinPolicy") {
    return sotto_group_set_join_policy(group_, request.at("policy").get<std::uint32_t>(), now_us);
  }
  if (op == "leave") return sotto_group_leave(group_, now_us);
  return kNoSuchOp;
}

sotto_status GroupMemberProcess::view(const json& request, json& answer, std::int64_t now_us) {
  const std::string op = request.at("op");
  if (op == "members") {
    std::vector<std::uint32_t> leaves(1024);
    std::size_t count = 0;
    const sotto_status status = sotto_group_members(group_, leaves.data(), leaves.size(), &count);
    leaves.resize(status == SOTTO_OK ? count : 0);
    answer["members"] = json::array();
    for (const std::uint32_t leaf : leaves) {
      sotto_group_member member = {};
      member.struct_size = sizeof member;
      if (sotto_group_find_member(group_, leaf, now_us, &member) == SOTTO_OK) {
        answer["members"].push_back(describe(member));
      }
    }
    return status;
  }
  if (op == "agreement") {
    Bytes digest(SOTTO_GROUP_AGREEMENT_SIZE);
    const sotto_status status = sotto_group_agreement(group_, digest.data(), digest.size());
    answer["agreement"] = status == SOTTO_OK ? to_hex(digest) : "";
    return status;
  }
  if (op == "epoch") {
    std::uint64_t epoch = 0;
    std::uint32_t leaf = 0;
    const sotto_status status = sotto_group_epoch(group_, &epoch, &leaf);
    answer["epoch"] = epoch;
    answer["leaf"] = leaf;
    return status;
  }
  if (op == "fingerprint") {
    std::array<char, 64> digits{};
    std::size_t written = 0;
    const sotto_status status = sotto_group_fingerprint(
        group_, request.at("leaf").get<std::uint32_t>(), digits.data(), digits.size(), &written);
    answer["fingerprint"] = std::string(digits.data(), written);
    return status;
  }
  return kNoSuchOp;
}

sotto_status GroupMemberProcess::frame(const json& request, json& answer, std::int64_t now_us) {
  const std::string op = request.at("op");
  if (op == "seal") {
    const Bytes frame = bytes_of(request, "frame");
    const auto context = request.at("context").get<std::uint32_t>();
    const auto codec = request.at("codec").get<std::uint32_t>();
    Bytes wire(sotto_group_frames_max_sealed_size(frames_, context, codec, frame.size()));
    std::size_t written = 0;
    const sotto_status status =
        sotto_group_frames_seal(frames_, context, codec, request.value("key", false) ? 1 : 0,
                                frame.data(), frame.size(), wire.data(), wire.size(), &written);
    wire.resize(written);
    answer["wire"] = to_hex(wire);
    sotto_group_timeout(group_, now_us);  // the others hear of the stream at once
    return status;
  }
  sotto_group_frame opened = {};
  opened.struct_size = sizeof opened;
  if (op == "open") {
    const Bytes wire = bytes_of(request, "wire");
    Bytes out(wire.size());
    const sotto_status status =
        sotto_group_frames_open(frames_, request.at("stream").get<std::uint64_t>(),
                                request.at("codec").get<std::uint32_t>(), wire.data(), wire.size(),
                                out.data(), out.size(), now_us, &opened);
    if (status == SOTTO_OK) answer = describe(opened);
    return status;
  }
  if (op == "poll") {
    Bytes out(SOTTO_MAX_FRAME_SIZE);
    std::size_t needed = 0;
    const sotto_status status =
        sotto_group_frames_poll(frames_, out.data(), out.size(), now_us, &needed, &opened);
    if (status == SOTTO_OK) answer = describe(opened);
    return status;
  }
  return kNoSuchOp;
}

void GroupMemberProcess::handle_timeout(std::int64_t now_us) {
  if (group_ == nullptr) return;
  sotto_group_timeout(group_, now_us);
  sotto_group_frames_expire(frames_, now_us);
}

std::optional<std::int64_t> GroupMemberProcess::next_timeout() const {
  std::int64_t at = 0;
  if (group_ == nullptr || sotto_group_next_timeout(group_, &at) != SOTTO_OK) return std::nullopt;
  return at;
}

std::vector<json> GroupMemberProcess::take_output() {
  std::vector<json> taken;
  if (group_ == nullptr) return taken;
  sotto_group_event event = {};
  event.struct_size = sizeof event;
  while (sotto_group_poll_event(group_, &event) == SOTTO_OK) taken.push_back(describe(event));
  sotto_group_message message = {};
  message.struct_size = sizeof message;
  while (sotto_group_poll_message(group_, &message) == SOTTO_OK) {
    json to = json::array();
    for (std::size_t i = 0; i < message.addressee_count; ++i) {
      to.push_back(
          hex_of(message.addressees + i * SOTTO_GROUP_ENDPOINT_SIZE, SOTTO_GROUP_ENDPOINT_SIZE));
    }
    taken.push_back({{"type", "send"},
                     {"kind", message.kind},
                     {"to", to},
                     {"bytes", hex_of(message.bytes, message.size)}});
  }
  return taken;
}

}  // namespace sotto
