#include "room/room_context.h"

#include <gtest/gtest.h>

#include "base/hex.h"
#include "mls/wire/typed_extensions.h"

namespace sotto::room {
namespace {

IdentityKey key(std::uint8_t byte) {
  IdentityKey key;
  key.fill(byte);
  return key;
}

RoomContext example() {
  RoomContext context;
  context.room_id = "ab";
  context.gen = 0x01020304;
  context.join_policy = JoinPolicy::kKnock;
  context.moderators = {key(1)};
  context.banned = {key(3), key(2)};
  return context;
}

std::string hex_of(const RoomContext& context) {
  return to_hex(mls::encode(context));
}

std::string repeated(const char* text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

TEST(RoomContext, IsWrittenAsDocumented) {
  EXPECT_EQ(hex_of(example()),
            "026162"
            "01020304"
            "01"
            "01"
            "00"
            "f001"
            "20" +
                repeated("01", 32) + "4040" + repeated("03", 32) + repeated("02", 32) + "00");
}

TEST(RoomContext, ReadsWhatItWrites) {
  RoomContext context = example();
  EXPECT_EQ(*mls::decode<RoomContext>(mls::encode(context)), context);
  context.e2ee_permanent = true;
  context.recording_key = mls::Bytes(32, 9);
  context.banned.clear();
  EXPECT_EQ(*mls::decode<RoomContext>(mls::encode(context)), context);
  const mls::Extensions extensions = {mls::make_extension(context)};
  EXPECT_EQ(*room_context_of(extensions), context);
  EXPECT_EQ(room_context_of({}).error(), Error::kNotFound);
}

TEST(RoomContext, RefusesWhatItWouldNotWrite) {
  const auto error_of = [](auto change) {
    RoomContext context = example();
    change(context);
    const auto read = mls::decode<RoomContext>(mls::encode(context));
    return read ? std::optional<Error>() : read.error();
  };
  EXPECT_EQ(error_of([](RoomContext& c) { c.room_id = ""; }), Error::kMalformed);
  EXPECT_EQ(error_of([](RoomContext& c) { c.room_id = std::string(65, 'r'); }), Error::kMalformed);
  EXPECT_EQ(error_of([](RoomContext& c) { c.join_policy = JoinPolicy(3); }), Error::kMalformed);
  EXPECT_EQ(error_of([](RoomContext& c) { c.sframe_suite = CipherSuite(7777); }),
            Error::kUnsupported);
  EXPECT_EQ(error_of([](RoomContext& c) { c.banned.push_back(key(3)); }), Error::kMalformed);
  EXPECT_EQ(error_of([](RoomContext& c) { c.recording_key = mls::Bytes(31, 9); }),
            Error::kMalformed);
  EXPECT_EQ(error_of([](RoomContext& c) {
              c.moderators.clear();
              for (int i = 0; i < 65; ++i)
                c.moderators.push_back(key(static_cast<std::uint8_t>(i)));
            }),
            Error::kTooLarge);
  // Permanent encryption that is off is no state at all.
  EXPECT_EQ(error_of([](RoomContext& c) {
              c.e2ee_permanent = true;
              c.media_encrypted = false;
            }),
            Error::kMalformed);
}

TEST(RoomContext, RefusesEveryShorterOrLongerText) {
  mls::Bytes bytes = mls::encode(example());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(mls::decode<RoomContext>(ByteView(bytes).first(size))) << size;
  }
  bytes.push_back(0);
  EXPECT_EQ(mls::decode<RoomContext>(bytes).error(), Error::kMalformed);
}

TEST(RoomContext, ReadsFlagsThatAreZeroOrOne) {
  mls::Bytes bytes = mls::encode(example());
  bytes[8] = 2;
  EXPECT_EQ(mls::decode<RoomContext>(bytes).error(), Error::kMalformed);
}

}  // namespace
}  // namespace sotto::room
