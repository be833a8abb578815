// Whatever happens on the way in (loss, reordering, duplicates, padding, changes of occupant and
// layer, streams that start afresh), a receiver never sees a sequence number twice, nor two
// packets under one RTX number, and its NACKs get the very packet that it missed.
#include <gtest/gtest.h>

#include <set>

#include "base/byte_reader.h"
#include "native-bridge/sfu/synthetic_stream.h"
#include "rtcp/nack.h"

namespace sotto::bridge {
namespace {

class RandomCall {
 public:
  explicit RandomCall(std::uint64_t seed) : random_(seed), room_({.seats = 2}, seed) {
    viewer_ = room_.join();
    for (std::uint32_t i = 0; i < 3; ++i) {
      publishers_.push_back(room_.join());
      room_.publish(publishers_[i], {simulcast_camera(i + 1)});
      for (std::uint32_t layer = 0; layer < 3; ++layer) {
        Vp8Stream stream;
        stream.ssrc = 1000 * (i + 1) + layer;
        stream.rid = std::string(1, "qhf"[layer]);
        stream.sequence = static_cast<std::uint16_t>(random_.u32());
        stream.timestamp = random_.u32();
        streams_.push_back(stream);
      }
    }
  }

  void run(int steps) {
    for (int step = 0; step < steps; ++step) {
      for (std::size_t i = 0; i < streams_.size(); ++i) send(i);
      if (random_.below(12) == 0) change_wishes();
      if (random_.below(40) == 0) start_afresh();
      if (random_.below(3) == 0) ask_again();
      room_.advance(Duration(static_cast<std::int64_t>(random_.below(60'000))));
    }
  }

  void check() {
    for (const SeatStreams& seat : room_.conference.seats(viewer_)) {
      std::map<std::uint16_t, Bytes> by_number;
      for (const SentPacket& sent : room_.received(viewer_, seat.video_ssrc)) {
        const RtpView view = RtpView::parse(sent.bytes).value();
        ASSERT_TRUE(by_number.emplace(view.sequence_number(),
                                      Bytes(view.payload().begin(), view.payload().end())).second)
            << "number " << view.sequence_number() << " was used twice";
      }
      std::set<std::uint16_t> rtx_numbers;
      for (const SentPacket& sent : room_.received(viewer_, seat.video_rtx_ssrc)) {
        const RtpView view = RtpView::parse(sent.bytes).value();
        ASSERT_TRUE(rtx_numbers.insert(view.sequence_number()).second);
        ByteReader reader(view.payload());
        const auto original = by_number.find(reader.u16().value());
        ASSERT_NE(original, by_number.end());
        ASSERT_TRUE(equal(original->second, reader.rest())) << "another packet than the missed one";
        ++resent;
      }
      forwarded += by_number.size();
    }
  }

  std::size_t forwarded = 0;
  std::size_t resent = 0;

 private:
  void send(std::size_t index) {
    const EndpointIndex from = publishers_[index / 3];
    auto frame = streams_[index].frame(random_.below(6) == 0, 1 + random_.below(4));
    if (random_.below(9) == 0) frame.push_back(streams_[index].padding_only());
    if (frame.size() > 1 && random_.below(4) == 0) std::swap(frame[0], frame.back());
    for (const Bytes& packet : frame) {
      if (random_.below(15) == 0) continue;
      room_.rtp(from, packet);
      if (random_.below(15) == 0) room_.rtp(from, packet);
    }
  }
  void change_wishes() {
    std::vector<Want> wants;
    for (int i = 0; i < 2; ++i) {
      wants.push_back({publishers_[random_.below(3)], Group::kCamera,
                       static_cast<std::uint32_t>(random_.below(5) * 200)});
    }
    room_.want(viewer_, wants);
  }
  void start_afresh() {
    const std::size_t index = random_.below(streams_.size());
    streams_[index].ssrc += 10;
    streams_[index].sequence = static_cast<std::uint16_t>(random_.u32());
    room_.advance(std::chrono::milliseconds(110));
  }
  void ask_again() {
    for (const SeatStreams& seat : room_.conference.seats(viewer_)) {
      const auto sent = room_.received(viewer_, seat.video_ssrc);
      if (sent.size() < 20) continue;
      const SentPacket& missed = sent[sent.size() - 1 - random_.below(20)];
      const std::uint16_t number = RtpView::parse(missed.bytes)->sequence_number();
      Bytes nack(64);
      ByteWriter writer(nack);
      rtcp::write_nack(writer, 1, seat.video_ssrc, std::span(&number, 1));
      room_.rtcp(viewer_, Connection::kSubscribe, writer.written());
    }
  }

  test::SeededRandom random_;
  Room room_;
  EndpointIndex viewer_{};
  std::vector<EndpointIndex> publishers_;
  std::vector<Vp8Stream> streams_;
};

TEST(Continuity, NoNumberIsUsedTwiceInTwentyRandomCalls) {
  std::size_t forwarded = 0;
  std::size_t resent = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(seed);
    RandomCall call(seed);
    call.run(150);
    call.check();
    if (testing::Test::HasFatalFailure()) return;
    forwarded += call.forwarded;
    resent += call.resent;
  }
  std::cout << forwarded << " packets forwarded, " << resent << " resent\n";
  EXPECT_GT(forwarded, 5000u);
  EXPECT_GT(resent, 100u);
}

}  // namespace
}  // namespace sotto::bridge
