// fuzz-deps: sotto_room
// What a delivery service may hand to a member of a live room: anything at all, or a message that
// was genuine with bytes of it replaced. However it comes, the member stays in its group and epoch.
//
//   u8 kind (1 to 4), u8 0: then the message itself
//                     u8 else: u8 which genuine one of that kind, u16 where; then bytes to put
//                     there
#include <algorithm>
#include <cstdlib>
#include <memory>
#include <vector>

#include "base/byte_reader.h"
#include "support/room_network.h"

namespace {

using namespace sotto;
using namespace sotto::room;

class LiveRoom {
 public:
  LiveRoom() {
    room_.tamper = [this](room::test::Delivery& delivery) {
      seen_.push_back(delivery);
      return true;
    };
    victim_ = &room_.join("Ann");
    room_.run(std::chrono::seconds(1));
    other_ = &room_.join("Ben");
    room_.run(std::chrono::seconds(5));
    if (!room_.agree({victim_, other_})) std::abort();
  }

  void hand_over(ByteView input) {
    ByteReader reader(input);
    const auto kind = reader.u8();
    const auto changed = reader.u8();
    if (!kind || !changed) return;
    const auto message_kind = static_cast<MessageKind>(1 + *kind % 4);
    const auto message = *changed == 0 ? raw(reader) : altered(message_kind, reader);
    const auto before = victim_->session->agreement();
    take(message_kind, message);
    if (victim_->session->state() != SessionState::kIn) std::abort();
    if (victim_->session->agreement() != before) std::abort();
    while (victim_->session->poll_message()) {
    }
    while (victim_->session->poll_event()) {
    }
    while (victim_->session->poll_frame_operation()) {
    }
  }

 private:
  static std::vector<std::uint8_t> raw(ByteReader& reader) {
    const ByteView rest = reader.rest();
    return {rest.begin(), rest.end()};
  }

  std::vector<std::uint8_t> altered(MessageKind kind, ByteReader& reader) const {
    const auto which = reader.u8();
    const auto where = reader.u16();
    std::vector<const room::test::Delivery*> genuine;
    for (const room::test::Delivery& one : seen_) {
      if (one.kind == kind) genuine.push_back(&one);
    }
    if (!which || !where || genuine.empty()) return {};
    std::vector<std::uint8_t> message = genuine[*which % genuine.size()]->bytes;
    const ByteView patch = reader.rest();
    const std::size_t start = message.empty() ? 0 : *where % message.size();
    const std::size_t size = std::min(patch.size(), message.size() - start);
    std::copy_n(patch.begin(), size, message.begin() + static_cast<std::ptrdiff_t>(start));
    return message;
  }

  void take(MessageKind kind, ByteView message) {
    Session& session = *victim_->session;
    const Endpoint& sender = other_->endpoint;
    switch (kind) {
      case MessageKind::kHandshake:
        return session.handle_handshake(room_.now(), session.last_handshake() + 1, sender, message);
      case MessageKind::kKeyPackage:
        return session.handle_key_package(room_.now(), sender, message);
      case MessageKind::kWelcome:
        return session.handle_welcome(room_.now(), sender, message);
      case MessageKind::kApplication:
        return session.handle_application(room_.now(), sender, message);
    }
  }

  room::test::RoomNetwork room_{1};
  room::test::Participant* victim_ = nullptr;
  room::test::Participant* other_ = nullptr;
  std::vector<room::test::Delivery> seen_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static std::unique_ptr<LiveRoom> room;
  static unsigned inputs = 0;
  // Now and then another room, so that what one input leaves behind explains no later finding.
  if (inputs++ % 1000 == 0) room = std::make_unique<LiveRoom>();
  room->hand_over(ByteView(data, size));
  return 0;
}
