// The vectors of docs/sframe-profile.md, which another implementation of it wrote
// (tests/vectors/sframe_profile.py).
#include "e2ee/profile.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <vector>

#include "e2ee/frame_opener.h"
#include "e2ee/frame_sealer.h"
#include "e2ee/link_keys.h"
#include "e2ee/sealed_message.h"
#include "shared/reference_vectors.h"

namespace sotto {
namespace {

using Bytes = std::vector<std::uint8_t>;

const nlohmann::json& vectors() {
  static const nlohmann::json all = [] {
    std::ifstream file(SOTTO_VECTORS "/sframe-profile.json");
    return nlohmann::json::parse(file);
  }();
  return all;
}

std::uint64_t kid_of(const nlohmann::json& c) {
  return std::stoull(c.at("kid").get<std::string>(), nullptr, 16);
}

TEST(Profile, DerivesTheLinkKeysOfTheVectors) {
  const auto& cases = vectors().at("link_keys");
  ASSERT_FALSE(cases.empty());
  for (const auto& c : cases) {
    const auto keys =
        LinkKeys::from(hex_of(c.at("link_secret")), c.at("room").get<std::string>(), c.at("gen"));
    ASSERT_TRUE(keys);
    EXPECT_EQ(to_hex(keys->message_key().view()), c.at("message_key"));
    for (const auto& k : c.at("base_keys")) {
      EXPECT_EQ(to_hex(keys->base_key(kid_of(k)).view()), k.at("base_key"));
    }
  }
}

TEST(Profile, SealsAndOpensTheFramesOfTheVectors) {
  const auto& cases = vectors().at("frames");
  ASSERT_FALSE(cases.empty());
  const Bytes base_key = hex_of(cases[0].at("base_key"));
  const std::uint64_t kid = kid_of(cases[0]);
  FrameSealer sealer = *FrameSealer::create(kid, base_key);
  KeyStore store;
  ASSERT_TRUE(store.put(kid, kSottoSuite, base_key));
  FrameOpener opener(store);
  for (const auto& c : cases) {
    ASSERT_EQ(c.at("ctr"), sealer.next_ctr());
    const Codec codec = *codec_from_mime(c.at("codec").get<std::string>());
    const Bytes frame = hex_of(c.at("frame"));
    const Bytes wire = hex_of(c.at("wire"));
    Bytes sealed(sealer.max_sealed_size(codec, frame.size()));
    sealed.resize(sealer.seal(codec, c.at("key_frame"), frame, sealed).value());
    EXPECT_EQ(to_hex(sealed), c.at("wire")) << c.at("codec");

    Bytes out(wire.size());
    const auto opened = opener.open(codec, wire, out);
    ASSERT_TRUE(opened) << c.at("codec");
    EXPECT_TRUE(equal(opened->frame, frame));
    EXPECT_EQ(opened->info.key_frame, c.at("key_frame"));
    EXPECT_EQ(opened->ctr, c.at("ctr"));
  }
  print_count("sealed frames", cases.size());
}

class FixedNonce : public RandomSource {
 public:
  explicit FixedNonce(Bytes nonce) : nonce_(std::move(nonce)) {}
  void fill(MutableBytes out) override {
    ASSERT_EQ(out.size(), nonce_.size());
    std::copy(nonce_.begin(), nonce_.end(), out.begin());
  }

 private:
  Bytes nonce_;
};

TEST(Profile, SealsAndOpensTheMessagesOfTheVectors) {
  const auto& cases = vectors().at("messages");
  ASSERT_FALSE(cases.empty());
  for (const auto& c : cases) {
    const Bytes key = hex_of(c.at("message_key"));
    MessageSealer sealer(Secret<32>(ByteView(key).first<32>()));
    const Bytes endpoint = hex_of(c.at("endpoint"));
    const Bytes plain = hex_of(c.at("plain"));
    FixedNonce nonce(hex_of(c.at("nonce")));
    Bytes sealed(plain.size() + MessageSealer::kOverhead);
    ASSERT_TRUE(sealer.seal(endpoint, plain, nonce, sealed));
    EXPECT_EQ(to_hex(sealed), c.at("sealed"));
    Bytes opened(plain.size());
    EXPECT_TRUE(sealer.open(endpoint, sealed, opened));
    EXPECT_EQ(opened, plain);
  }
}

}  // namespace
}  // namespace sotto
