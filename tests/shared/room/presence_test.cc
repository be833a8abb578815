#include "room/presence.h"

#include <gtest/gtest.h>

#include "base/hex.h"

namespace sotto::room {
namespace {

Presence example() {
  Presence presence;
  presence.seq = 7;
  presence.capture_ms = 0x0102;
  presence.marks = {true, false, true, false};
  presence.streams = {{0, StreamKind::kAudio, 500}, {1, StreamKind::kVideo, 9}};
  presence.echoes = {{{3}, 12}};
  return presence;
}

TEST(Presence, IsWrittenAsDocumented) {
  EXPECT_EQ(to_hex(encode(example())),
            "01"
            "00000007"
            "0000000000000102"
            "05"
            "02"
            "00"
            "00"
            "00000000000001f4"
            "01"
            "01"
            "0000000000000009"
            "01"
            "00000003"
            "0000000c");
}

TEST(Presence, ReadsWhatItWrites) {
  EXPECT_EQ(*decode_presence(encode(example())), example());
  EXPECT_EQ(*decode_presence(encode(Presence{})), Presence{});
}

TEST(Presence, SaysHowFarTheChatHasComeWhereThereIsOne) {
  Presence presence = example();
  presence.chat = 0x0203;
  const auto bytes = encode(presence);
  EXPECT_EQ(to_hex(bytes), to_hex(encode(example())) + "00000203");
  EXPECT_EQ(*decode_presence(bytes), presence);
  auto none = bytes;
  none[none.size() - 2] = none[none.size() - 1] = 0;
  EXPECT_EQ(decode_presence(none).error(), Error::kMalformed) << "there is one way to say nothing";
}

TEST(Presence, RefusesEverythingElse) {
  const auto bytes = encode(example());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(decode_presence(ByteView(bytes).first(size))) << size;
  }
  auto longer = bytes;
  longer.push_back(0);
  EXPECT_EQ(decode_presence(longer).error(), Error::kMalformed);
  const auto error = [&](auto change) {
    Presence presence = example();
    change(presence);
    const auto read = decode_presence(encode(presence));
    return read ? std::optional<Error>() : read.error();
  };
  EXPECT_EQ(error([](Presence& p) { p.streams[1].context = 0; }), Error::kMalformed);
  EXPECT_EQ(error([](Presence& p) { p.streams[1].context = 16; }), Error::kMalformed);
  EXPECT_EQ(error([](Presence& p) { p.streams[0].kind = StreamKind(2); }), Error::kMalformed);
  EXPECT_EQ(error([](Presence& p) { p.echoes.resize(33); }), Error::kMalformed);
  EXPECT_EQ(error([](Presence& p) { p.echoes.resize(32); }), std::nullopt);
  auto other_type = bytes;
  other_type[0] = 2;
  EXPECT_EQ(decode_presence(other_type).error(), Error::kMalformed);
}

}  // namespace
}  // namespace sotto::room
