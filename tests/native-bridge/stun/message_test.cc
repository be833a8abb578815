#include "stun/message.h"

#include <gtest/gtest.h>

#include "base/hex.h"
#include "shared/reference_vectors.h"
#include "support/seeded_random.h"

namespace sotto::bridge::stun {
namespace {

// A Chromium check as recorded against an ICE-lite peer, whose password is kPassword.
constexpr char kCheck[] =
    "000100502112a442584873616c743235394538340006000d63617036316337373a34545535000000c057000400"
    "020000802a00083faeec328db59627002400046e7e1eff00080014642ad8f50729911a31207bfa862d7c040fa5"
    "ecc980280004209fd572";
constexpr char kPassword[] = "e6f315ad3fbdace4ee951060";

std::vector<std::uint8_t> check() {
  return from_hex(kCheck).value();
}

TEST(StunMessage, ReadsAChromiumCheck) {
  const auto bytes = check();
  const auto message = Message::parse(bytes);
  ASSERT_TRUE(message);
  EXPECT_EQ(message->type, kBindingRequest);
  EXPECT_EQ(as_text(message->transaction), "XHsalt259E84");
  EXPECT_EQ(message->username, "cap61c77:4TU5");
  EXPECT_EQ(message->priority, 0x6e7e1effu);
  EXPECT_EQ(message->controlling, 0x3faeec328db59627u);
  EXPECT_FALSE(message->controlled);
  EXPECT_FALSE(message->use_candidate);
  EXPECT_FALSE(message->unknown_required);  // 0xC057 may be ignored
  EXPECT_TRUE(message->has_fingerprint());
  EXPECT_TRUE(message->has_integrity(kPassword));
  EXPECT_FALSE(message->has_integrity("e6f315ad3fbdace4ee951061"));
  EXPECT_EQ(*local_ufrag(bytes), "cap61c77");
}

TEST(StunMessage, AnyFlippedBitBeforeTheIntegrityBreaksIt) {
  const auto good = check();
  const std::size_t integrity_at = Message::parse(good)->integrity_at;
  for (std::size_t bit = 0; bit < integrity_at * 8; ++bit) {
    auto bytes = good;
    bytes[bit / 8] ^= static_cast<std::uint8_t>(1u << (bit % 8));
    const auto message = Message::parse(bytes);
    EXPECT_FALSE(message && message->has_integrity(kPassword)) << bit;
    EXPECT_FALSE(message && message->has_fingerprint()) << bit;
  }
}

TEST(StunMessage, IgnoresWhatFollowsTheIntegrity) {
  // USE-CANDIDATE put in after MESSAGE-INTEGRITY by somebody who lacks the password.
  auto bytes = check();
  bytes.resize(bytes.size() - 8);
  bytes.insert(bytes.end(), {0x00, 0x25, 0x00, 0x00});
  bytes[3] = static_cast<std::uint8_t>(bytes.size() - kHeaderSize);
  const auto message = Message::parse(bytes);
  ASSERT_TRUE(message);
  EXPECT_TRUE(message->has_integrity(kPassword));
  EXPECT_FALSE(message->use_candidate);
}

TEST(StunMessage, RefusesEveryTruncation) {
  const auto bytes = check();
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(Message::parse(ByteView(bytes).first(size))) << size;
  }
}

TEST(StunMessage, RefusesAnotherCookieALongerMessageAndAFingerprintThatIsNotLast) {
  auto bytes = check();
  bytes[4] ^= 1;
  EXPECT_FALSE(Message::parse(bytes));
  EXPECT_FALSE(Message::parse(std::vector<std::uint8_t>(kMaxMessage + 4)));
  bytes = check();
  bytes.insert(bytes.end(), {0x00, 0x25, 0x00, 0x00});
  bytes[3] = static_cast<std::uint8_t>(bytes.size() - kHeaderSize);
  EXPECT_FALSE(Message::parse(bytes));
}

TEST(StunMessage, NamesARequiredAttributeThatItDoesNotKnow) {
  std::vector<std::uint8_t> bytes(kHeaderSize);
  bytes[1] = 1;
  const auto cookie = from_hex("2112a442").value();
  std::copy(cookie.begin(), cookie.end(), bytes.begin() + 4);
  bytes.insert(bytes.end(), {0x00, 0x33, 0x00, 0x00});
  bytes[3] = 4;
  const auto message = Message::parse(bytes);
  ASSERT_TRUE(message);
  EXPECT_EQ(message->unknown_required, 0x0033);
}

TEST(StunMessage, LocalUfragIsOnlyThatOfABindingRequest) {
  auto bytes = check();
  bytes[0] = 1;  // now a success response
  EXPECT_FALSE(local_ufrag(bytes));
  EXPECT_FALSE(local_ufrag(as_bytes("not a STUN message at all")));
}

TEST(StunMessage, SurvivesMutations) {
  sotto::test::SeededRandom fate(5);
  const auto good = check();
  for (int i = 0; i < 20'000; ++i) {
    auto bytes = good;
    for (int flips = 0; flips < 3; ++flips) {
      bytes[fate.below(bytes.size())] = static_cast<std::uint8_t>(fate.below(256));
    }
    const auto message = Message::parse(bytes);
    if (message && bytes != good) {
      EXPECT_FALSE(message->has_integrity(kPassword) && message->has_fingerprint());
    }
  }
}

TEST(StunVectors, Rfc5769) {
  const auto file = reference_json("vectors/stun/rfc5769-stun.json");
  if (!file) return;
  std::size_t cases = 0;
  for (const auto& vector : (*file)["vectors"]) {
    const auto bytes = hex_of(vector["message"]);
    const auto key = hex_of(vector["hmac_key"]);
    const auto message = Message::parse(bytes);
    ASSERT_TRUE(message) << vector["section"];
    EXPECT_TRUE(message->has_integrity(as_text(key))) << vector["section"];
    EXPECT_EQ(message->has_fingerprint(), vector["has_fingerprint"].get<bool>());
    const auto& params = vector["params"];
    if (params.contains("username")) {
      EXPECT_EQ(message->username, params["username"].get<std::string>());
    }
    if (params.contains("mapped_address")) {
      EXPECT_EQ(message->mapped_address,
                *Address::from_text(params["mapped_address"].get<std::string>(),
                                    params["mapped_port"].get<std::uint16_t>()));
    }
    if (params.contains("priority")) {
      EXPECT_EQ(message->priority, params["priority"].get<std::uint32_t>());
    }
    ++cases;
  }
  print_count("RFC 5769", cases);
  EXPECT_EQ(cases, 4u);
}

}  // namespace
}  // namespace sotto::bridge::stun
