// The sender keys of docs/sframe-profile.md against the vectors that another implementation of it
// wrote (tests/vectors/sframe_profile.py).
#include <gtest/gtest.h>

#include <fstream>

#include "shared/e2ee/sender_pair.h"
#include "shared/reference_vectors.h"

namespace sotto {
namespace {

// Gives what a vector says that a sender drew.
class FixedRandom : public RandomSource {
 public:
  explicit FixedRandom(std::uint64_t value) : value_(value) {}
  void fill(MutableBytes out) override {
    for (std::size_t i = 0; i < out.size(); ++i) {
      const int shift = next_++ % 8 * 8;
      out[i] = static_cast<std::uint8_t>(value_ >> (56 - shift));
    }
  }

 private:
  std::uint64_t value_;
  int next_ = 0;
};

using SenderVectors = SenderPair;

TEST_F(SenderVectors, SealAndOpenAsTheProfileSays) {
  std::ifstream file(SOTTO_VECTORS "/sframe-profile.json");
  const auto cases = nlohmann::json::parse(file).at("sender_keys");
  ASSERT_GE(cases.size(), 10u);
  for (const auto& c : cases) {
    FixedRandom drawn(std::stoull(c.at("random").get<std::string>(), nullptr, 16));
    const KeyKind kind = c.at("kind") == "raw" ? KeyKind::kRaw : KeyKind::kPassphrase;
    sender_ = *make_sotto_participant(kSottoSuite, drawn);
    receiver_ = *make_sotto_participant(kSottoSuite, random_);
    give_both(c.at("index"), hex_of(c.at("material")), kind);
    for (int step = 0; step < c.at("steps").get<int>(); ++step) {
      ASSERT_TRUE(sender_->ratchet(c.at("index"), now_));
    }
    for (const auto& one : c.at("frames")) {
      frame_ = hex_of(one.at("frame"));
      EXPECT_EQ(to_hex(seal(c.at("context"))), one.at("wire"));
      const auto opened = open(hex_of(one.at("wire")), c.at("context"));
      ASSERT_TRUE(opened);
      EXPECT_TRUE(equal(opened->frame, frame_));
      EXPECT_EQ(opened->counter, one.at("ctr"));
    }
  }
  print_count("sender keys", cases.size());
}

}  // namespace
}  // namespace sotto
