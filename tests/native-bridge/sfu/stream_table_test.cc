#include "sfu/stream_table.h"

#include <gtest/gtest.h>

#include "native-bridge/sfu/synthetic_stream.h"

namespace sotto::bridge {
namespace {

using std::chrono::seconds;

class StreamTableTest : public testing::Test {
 protected:
  void add(const PublishedTrack& published) {
    tracks.push_back(std::make_unique<Track>(EndpointIndex{0}, published));
    table.rebuild(tracks);
  }
  std::optional<StreamRef> identify(const Bytes& packet) {
    return table.identify(now, RtpView::parse(packet).value(), tracks);
  }
  static Bytes media(std::uint32_t ssrc, const std::string& mid, const std::string& rid) {
    return rtp_packet(kInVp8, false, 1, 1, ssrc, {{9, text_bytes(mid)}, {10, text_bytes(rid)}},
                      Bytes(20, 1));
  }
  static Bytes rtx(std::uint32_t ssrc, const std::string& mid, const std::string& rid) {
    return rtp_packet(kInVp8Rtx, false, 1, 1, ssrc, {{9, text_bytes(mid)}, {11, text_bytes(rid)}},
                      Bytes(20, 1));
  }

  std::vector<std::unique_ptr<Track>> tracks;
  StreamTable table;
  Time now = Time(seconds(100));
};

TEST_F(StreamTableTest, DeclaredSsrcsAreKnownAtOnce) {
  add(microphone(1, 10));
  add(camera(2, 20));
  EXPECT_EQ(table.find(10)->track, tracks[0].get());
  EXPECT_FALSE(table.find(20)->rtx);
  EXPECT_TRUE(table.find(21)->rtx);
  EXPECT_FALSE(table.find(22));
}

TEST_F(StreamTableTest, SimulcastLayersAreLearnedFromMidAndRid) {
  add(simulcast_camera(2));
  ASSERT_TRUE(identify(media(501, "1", "h")));
  EXPECT_EQ(table.find(501)->layer, 1);
  ASSERT_TRUE(identify(rtx(502, "1", "h")));
  EXPECT_TRUE(table.find(502)->rtx);
  EXPECT_EQ(table.find(502)->layer, 1);
}

TEST_F(StreamTableTest, RtxMayComeBeforeMediaAsBrowsersPadFirst) {
  add(simulcast_camera(2));
  ASSERT_TRUE(identify(rtx(502, "1", "f")));
  ASSERT_TRUE(identify(media(501, "1", "f")));
  EXPECT_TRUE(table.find(502)->rtx);
  EXPECT_EQ(table.find(501)->layer, 2);
}

TEST_F(StreamTableTest, WithoutMidThePayloadTypeTellsIfOnlyOneTrackHasIt) {
  add(camera(2, 20));
  const Bytes packet = rtp_packet(kInVp8, false, 1, 1, 99, {}, Bytes(20, 1));
  EXPECT_TRUE(identify(packet));
  PublishedTrack screen = camera(3, 30);
  screen.source = Source::kScreen;
  screen.mid = "2";
  add(screen);
  EXPECT_FALSE(identify(rtp_packet(kInVp8, false, 1, 1, 98, {}, Bytes(20, 1))));
}

TEST_F(StreamTableTest, UnknownMidRidOrPayloadTypeIsNobodys) {
  add(simulcast_camera(2));
  EXPECT_FALSE(identify(media(501, "7", "h")));
  EXPECT_FALSE(identify(media(501, "1", "zz")));
  EXPECT_FALSE(identify(rtp_packet(55, false, 1, 1, 9, {{9, text_bytes("1")}}, Bytes(20, 1))));
}

TEST_F(StreamTableTest, InventedSsrcsReplaceNothingWhileTheStreamIsAlive) {
  add(simulcast_camera(2));
  ASSERT_TRUE(identify(media(501, "1", "h")));
  tracks[0]->layer(1).active = true;
  tracks[0]->layer(1).last_packet = now;
  EXPECT_FALSE(identify(media(777, "1", "h")));
  now += StreamTable::kAlive;
  EXPECT_TRUE(identify(media(777, "1", "h")));
  EXPECT_FALSE(table.find(501)) << "one SSRC a layer, however many are invented";
}

}  // namespace
}  // namespace sotto::bridge
