#include "srtp/srtp_session.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "base/byte_writer.h"
#include "base/hex.h"
#include "native-bridge/srtp/reference_srtp.h"
#include "support/seeded_random.h"

namespace sotto::bridge {
namespace {

using sotto::test::SeededRandom;
using test::Bytes;
constexpr SrtpProfile kProfiles[] = {SrtpProfile::kAeadAes128Gcm, SrtpProfile::kAes128CmSha1_80};

// Two sessions that talk to each other.
struct Pair {
  explicit Pair(SrtpProfile profile) {
    SeededRandom random(3);
    keys.profile = profile;
    random.fill(keys.inbound);
    random.fill(keys.outbound);
    SrtpKeys mirrored = keys;
    std::swap(mirrored.inbound, mirrored.outbound);
    ours = *SrtpSession::create(keys);
    theirs = *SrtpSession::create(mirrored);
  }
  SrtpKeys keys;
  std::unique_ptr<SrtpSession> ours;
  std::unique_ptr<SrtpSession> theirs;
};

Bytes rtp(std::uint16_t sequence, std::uint32_t ssrc = 0xcafe, std::size_t payload = 50) {
  Bytes packet(12 + payload, 0x5a);
  ByteWriter writer(packet);
  writer.u8(0x80);
  writer.u8(96);
  writer.u16(sequence);
  writer.u32(1000);
  writer.u32(ssrc);
  return packet;
}

Bytes rtcp(std::uint32_t ssrc = 0xcafe) {
  Bytes packet = {0x81, 201, 0, 7};
  packet.resize(32, 0x11);
  ByteWriter(MutableBytes(packet).subspan(4)).u32(ssrc);
  return packet;
}

Result<Bytes> protect(SrtpSession& session, const Bytes& plain, bool is_rtcp = false) {
  Bytes buffer = plain;
  buffer.resize(plain.size() + SrtpSession::kMaxTrailer);
  TRY(const std::size_t size, is_rtcp ? session.protect_rtcp(buffer, plain.size())
                                      : session.protect_rtp(buffer, plain.size()));
  buffer.resize(size);
  return buffer;
}

Result<Bytes> unprotect(SrtpSession& session, Bytes packet, bool is_rtcp = false) {
  TRY(const MutableBytes plain,
      is_rtcp ? session.unprotect_rtcp(packet) : session.unprotect_rtp(packet));
  return Bytes(plain.begin(), plain.end());
}

TEST(SrtpSession, AgreesWithTheIndependentImplementationBothWays) {
  std::size_t cases = 0;
  for (const SrtpProfile profile : kProfiles) {
    Pair pair(profile);
    SeededRandom random(11);
    const auto rtp_keys = test::session_keys(profile, pair.keys.outbound, false);
    const auto rtcp_keys = test::session_keys(profile, pair.keys.outbound, true);
    for (std::uint16_t i = 0; i < 200; ++i) {
      Bytes packet = rtp(static_cast<std::uint16_t>(1000 + i), 0xcafe + i % 3, random.below(1200));
      random.fill(MutableBytes(packet).subspan(12));
      const Bytes reference = test::protect_rtp(profile, rtp_keys, packet, 12, 0);
      EXPECT_EQ(*protect(*pair.ours, packet), reference);
      EXPECT_EQ(*unprotect(*pair.theirs, reference), packet);

      const Bytes report = rtcp();
      const Bytes sealed = test::protect_rtcp(profile, rtcp_keys, report, i + 1u);
      EXPECT_EQ(*protect(*pair.ours, report, true), sealed);
      EXPECT_EQ(*unprotect(*pair.theirs, sealed, true), report);
      cases += 2;
    }
  }
  std::printf("vectors: %zu packets agreed with the independent SRTP\n", cases);
}

TEST(SrtpSession, OpensWhatChromiumSent) {
  SrtpKeys keys;
  keys.profile = SrtpProfile::kAes128CmSha1_80;
  const Bytes master =
      from_hex("cbc63ab799d242420b230edbcc0ac9d7ae0a7fdea374876ea7be9aa158c0").value();
  std::copy(master.begin(), master.end(), keys.inbound.begin());
  const auto session = *SrtpSession::create(keys);

  std::ifstream file(SOTTO_FIXTURES "/srtp/chromium-opus.jsonl");
  std::string line;
  std::size_t cases = 0;
  while (std::getline(file, line)) {
    const auto sealed = nlohmann::json::parse(line);
    ASSERT_TRUE(std::getline(file, line));
    const auto plain = nlohmann::json::parse(line);
    const auto opened = unprotect(*session, from_hex(sealed["hex"].get<std::string>()).value(),
                                  sealed["kind"] == "srtcp");
    ASSERT_TRUE(opened);
    EXPECT_EQ(to_hex(*opened), plain["hex"].get<std::string>());
    ++cases;
  }
  EXPECT_EQ(cases, 9u);
}

TEST(SrtpSession, DropsWhatWasSeenBefore) {
  for (const SrtpProfile profile : kProfiles) {
    Pair pair(profile);
    const Bytes packet = *protect(*pair.ours, rtp(7));
    EXPECT_TRUE(unprotect(*pair.theirs, packet));
    EXPECT_EQ(unprotect(*pair.theirs, packet).error(), Error::kReplayed);
    const Bytes report = *protect(*pair.ours, rtcp(), true);
    EXPECT_TRUE(unprotect(*pair.theirs, report, true));
    EXPECT_EQ(unprotect(*pair.theirs, report, true).error(), Error::kReplayed);
  }
}

TEST(SrtpSession, TakesLatePacketsWithinTheWindowOnceAndNoneBeyondIt) {
  Pair pair(SrtpProfile::kAeadAes128Gcm);
  std::vector<Bytes> packets;
  for (std::uint16_t i = 0; i < 1100; ++i) {
    packets.push_back(*protect(*pair.ours, rtp(static_cast<std::uint16_t>(i + 1))));
  }
  EXPECT_TRUE(unprotect(*pair.theirs, packets.back()));
  const std::size_t oldest = packets.size() - SrtpSession::kReplayWindow;
  EXPECT_TRUE(unprotect(*pair.theirs, packets[oldest]));
  EXPECT_EQ(unprotect(*pair.theirs, packets[oldest]).error(), Error::kReplayed);
  EXPECT_EQ(unprotect(*pair.theirs, packets[oldest - 1]).error(), Error::kReplayed);
}

TEST(SrtpSession, AFlippedBitAnywhereIsRefused) {
  for (const SrtpProfile profile : kProfiles) {
    Pair pair(profile);
    const Bytes packet = *protect(*pair.ours, rtp(7));
    for (std::size_t bit = 0; bit < packet.size() * 8; ++bit) {
      Bytes forged = packet;
      forged[bit / 8] ^= static_cast<std::uint8_t>(1u << (bit % 8));
      EXPECT_FALSE(unprotect(*pair.theirs, forged)) << bit;
    }
    EXPECT_TRUE(unprotect(*pair.theirs, packet));
  }
}

TEST(SrtpSession, GoesOnAcrossTheRolloverOfSequenceNumbers) {
  Pair pair(SrtpProfile::kAeadAes128Gcm);
  for (std::uint32_t i = 0; i < 3; ++i) {
    for (std::uint32_t sequence = 0; sequence < 0x10000; sequence += 64) {
      const Bytes plain = rtp(static_cast<std::uint16_t>(sequence));
      ASSERT_EQ(*unprotect(*pair.theirs, *protect(*pair.ours, plain)), plain);
    }
  }
}

TEST(SrtpSession, NeverProtectsOneIndexTwice) {
  for (const SrtpProfile profile : kProfiles) {
    Pair pair(profile);
    Bytes packet = rtp(7);
    EXPECT_TRUE(protect(*pair.ours, packet));
    packet.back() ^= 1;
    EXPECT_EQ(protect(*pair.ours, packet).error(), Error::kReplayed);
    EXPECT_TRUE(protect(*pair.ours, rtp(9)));
    EXPECT_TRUE(protect(*pair.ours, rtp(8)));  // late, but new
    EXPECT_EQ(protect(*pair.ours, rtp(8)).error(), Error::kReplayed);
    EXPECT_TRUE(protect(*pair.ours, rtp(7, 0xbeef)));  // another SSRC
  }
}

TEST(SrtpSession, BoundsTheSsrcsThatAPeerMayUse) {
  Pair pair(SrtpProfile::kAeadAes128Gcm);
  for (std::uint32_t ssrc = 0; ssrc < SrtpSession::kMaxInboundSsrcs; ++ssrc) {
    ASSERT_TRUE(unprotect(*pair.theirs, *protect(*pair.ours, rtp(7, ssrc))));
  }
  EXPECT_EQ(unprotect(*pair.theirs, *protect(*pair.ours, rtp(7, 0xffff))).error(),
            Error::kExhausted);
  EXPECT_TRUE(unprotect(*pair.theirs, *protect(*pair.ours, rtp(8, 5))));
}

TEST(SrtpSession, ForgedSsrcsUseUpNothing) {
  Pair pair(SrtpProfile::kAeadAes128Gcm);
  for (std::uint32_t ssrc = 0; ssrc < 2 * SrtpSession::kMaxInboundSsrcs; ++ssrc) {
    EXPECT_EQ(unprotect(*pair.theirs, rtp(7, ssrc)).error(), Error::kUnauthenticated);
  }
  EXPECT_TRUE(unprotect(*pair.theirs, *protect(*pair.ours, rtp(7))));
}

TEST(SrtpSession, RefusesShortPacketsAndShortBuffers) {
  Pair pair(SrtpProfile::kAeadAes128Gcm);
  for (std::size_t size = 0; size < 40; ++size) {
    EXPECT_FALSE(unprotect(*pair.theirs, Bytes(size, 0x80)));
    EXPECT_FALSE(unprotect(*pair.theirs, Bytes(size, 0x80), true));
  }
  Bytes buffer = rtp(7);
  EXPECT_EQ(pair.ours->protect_rtp(buffer, buffer.size()).error(), Error::kBufferTooSmall);
  EXPECT_EQ(pair.ours->protect_rtp(buffer, 11).error(), Error::kMalformed);
  EXPECT_EQ(pair.ours->protect_rtcp(buffer, 7).error(), Error::kMalformed);
}

}  // namespace
}  // namespace sotto::bridge
