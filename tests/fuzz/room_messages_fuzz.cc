// fuzz-deps: sotto_room
// Whatever a member sends in a room, and what it puts into a credential or the group's context:
// what can be read is written again as it was.
#include <cstdlib>

#include "mls/wire/codec.h"
#include "room/chat.h"
#include "room/code_message.h"
#include "room/frame_operation.h"
#include "room/identity.h"
#include "room/pin_store.h"
#include "room/presence.h"
#include "room/room_context.h"
#include "room/room_link.h"

namespace {

using namespace sotto;
using namespace sotto::room;

void expect_same(ByteView written, ByteView read) {
  if (!equal(written, read)) std::abort();
}

void read_messages(ByteView bytes) {
  if (const auto presence = decode_presence(bytes)) {
    const auto again = decode_presence(encode(*presence));
    if (!again || !(*again == *presence)) std::abort();
  }
  if (const auto chat = decode_chat_message(bytes)) expect_same(*encode(*chat), bytes);
  if (const auto code = decode_code_message(bytes)) expect_same(encode(*code), bytes);
  if (const auto reaction = decode_reaction(bytes)) expect_same(*encode_reaction(*reaction), bytes);
  if (const auto operation = decode_frame_operation(bytes)) {
    const auto again = encode(*operation);
    const auto twice = decode_frame_operation(again);
    if (!twice || encode(*twice) != again) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes(data, size);
  read_messages(bytes);
  if (const auto leaf = decode_leaf_identity(bytes)) expect_same(encode(*leaf), bytes);
  if (const auto context = mls::decode<RoomContext>(bytes)) {
    expect_same(mls::encode(*context), bytes);
  }
  PinStore pins;
  if (pins.restore(bytes)) expect_same(pins.save(), bytes);
  if (const auto link = parse_link(as_text(bytes))) {
    const LinkText text = format_link(*link);
    expect_same(as_bytes({text.data(), text.size()}), bytes);
  }
  Chat chat({0});
  (void)chat.received({1}, bytes);
  return 0;
}
