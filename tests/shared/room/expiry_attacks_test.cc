// An attack with what somebody's identity once said (security profile, section 4). Eve has had a
// look at a machine of Cem's after a call: she has the leaf key of that call, and what his identity
// signed for it. His identity's own key she has not; so what she has is good until it expires.
#include "mls/group/key_package_generation.h"
#include "room/key_package_mac.h"
#include "shared/room/live_attack.h"

namespace sotto::room {
namespace {

using namespace test;

class OldCredential {
 public:
  explicit OldCredential(const Policy& policy) {
    room_.policy = policy;
    all_ = fill(room_, 2);
    room_.random().fill(eve_.endpoint);
  }

  // By the link, with a fresh KeyPackage around Cem's old leaf key.
  void ask_to_come_in(std::int64_t seconds_left) {
    const LinkKeys keys = *link_keys(room_.link(), "room");
    KeyPackageSeal seal(keys.key_package_seal_key());
    const auto sealed = seal.seal(eve_.endpoint, key_package(seconds_left), room_.random());
    room_.send(eve_, {MessageKind::kKeyPackage, {}, *sealed});
    room_.run(seconds(3));
  }
  bool cem_is_shown() {
    for (const MemberView& member : all_[0]->session->members(room_.now())) {
      if (member.name == "Cem") return member.identity_key == cem_.public_key();
    }
    return false;
  }
  std::string state() {
    std::string state;
    for (Participant* one : all_) state += state_of(*one, room_.now(), false);
    return state;
  }
  void be_quiet() { room_.tamper = nothing_said; }

 private:
  mls::Bytes key_package(std::int64_t seconds_left) {
    SessionCore& core = core_of(*all_[0]);
    const std::uint64_t today = core.unix_seconds(room_.now());
    mls::SignatureKeyPair leaf_key = mls::SignatureKeyPair::generate(room_.random());
    const std::uint64_t expiry =
        static_cast<std::uint64_t>(static_cast<std::int64_t>(today) + seconds_left);
    const auto word = vouch_for_leaf(cem_, "room", leaf_key.public_key(), "Cem", expiry);
    mls::KeyPackageOptions options;
    options.leaf_node.credential = mls::basic_credential(encode(*word));
    options.leaf_node.capabilities.extensions = {kRoomContextExtension, kKeyPackageMacExtension};
    options.lifetime = key_package_lifetime(today);
    options.before_signing = [&](mls::KeyPackage& made) {
      return add_key_package_mac(core.keys.key_package_mac_key(), made);
    };
    return mls::generate_key_package(std::move(options), std::move(leaf_key), room_.random())
        ->message();
  }

  RoomNetwork room_{1};
  std::vector<Participant*> all_;
  Participant eve_;
  Ed25519KeyPair cem_ = Ed25519KeyPair::generate(room_.random());
};

TEST(ExpiryAttacks, NobodyComesInByAWordThatHasEnded) {
  OldCredential without(PolicyForTest::without(Rule::kIdentityExpires));
  without.ask_to_come_in(-1);
  EXPECT_TRUE(without.cem_is_shown()) << "who is not there";

  OldCredential real({});
  real.be_quiet();
  const std::string before = real.state();
  real.ask_to_come_in(-1);
  EXPECT_FALSE(real.cem_is_shown());
  EXPECT_EQ(real.state(), before);
  real.ask_to_come_in(60);
  EXPECT_TRUE(real.cem_is_shown()) << "by a word that still holds";
}

}  // namespace
}  // namespace sotto::room
