// The published vectors, which are for session keys, against the independent implementation.
#include "native-bridge/srtp/reference_srtp.h"

#include <gtest/gtest.h>

#include "shared/reference_vectors.h"

namespace sotto::bridge::test {
namespace {

TEST(SrtpVectors, Rfc3711AppendixB) {
  const auto file = reference_json("vectors/srtp/rfc3711-appendix-b.json");
  if (!file) return;
  std::size_t cases = 0;
  const auto& b2 = (*file)["b2_aes_cm_keystream"];
  const Bytes key = hex_of(b2["session_key"]);
  for (const auto& block : b2["blocks"]) {
    EXPECT_EQ(aes_cm(key, hex_of(block["counter"]), Bytes(16)), hex_of(block["keystream"]));
    ++cases;
  }
  // B.2's first block, from the salt at packet index 0, runs on over the next ones.
  const Bytes two = aes_cm(key, hex_of(b2["blocks"][0]["counter"]), Bytes(32));
  EXPECT_EQ(Bytes(two.begin() + 16, two.end()), hex_of(b2["blocks"][1]["keystream"]));

  const auto& b3 = (*file)["b3_kdf"];
  const Bytes master = hex_of(b3["master_key"]);
  const Bytes salt = hex_of(b3["master_salt"]);
  EXPECT_EQ(derive(master, salt, 0, 16), hex_of(b3["cipher_key"]));
  EXPECT_EQ(derive(master, salt, 1, 94), hex_of(b3["auth_key_94_octets"]));
  EXPECT_EQ(derive(master, salt, 2, 14), hex_of(b3["cipher_salt"]));
  print_count("RFC 3711 appendix B", cases + 3);
  EXPECT_EQ(cases + 3, 9u);
}

// The whole packet but its header is encrypted, or (kind "...tag-only") all of it only
// authenticated.
Bytes expected(const nlohmann::json& vector) {
  const std::string kind = vector["kind"];
  const Bytes key = hex_of(vector["session_key"]);
  const Bytes aad = hex_of(vector["aad"]);
  const Bytes plain = hex_of(vector["plain_packet"]);
  const Bytes iv = hex_of(vector["iv"]);
  const bool encrypted = kind == "srtp" || kind == "srtcp-encrypted";
  const std::size_t header = kind == "srtp" ? 12 : 8;
  const ByteView payload = encrypted ? ByteView(plain).subspan(header) : ByteView{};
  Bytes out(plain.begin(), encrypted ? plain.begin() + static_cast<long>(header) : plain.end());
  const Bytes sealed = aes_gcm(key, iv, aad, payload);
  out.insert(out.end(), sealed.begin(), sealed.end());
  if (kind.starts_with("srtcp")) {
    const std::uint32_t index = vector["srtcp_index"];
    const std::uint32_t trailer = (encrypted ? 0x80000000u : 0) | index;
    for (int shift = 24; shift >= 0; shift -= 8) {
      out.push_back(static_cast<std::uint8_t>(trailer >> shift));
    }
  }
  return out;
}

TEST(SrtpVectors, Rfc7714) {
  const auto file = reference_json("vectors/srtp/rfc7714-aes-gcm.json");
  if (!file) return;
  std::size_t cases = 0;
  for (const auto& vector : (*file)["vectors"]) {
    const Bytes salt = hex_of(vector["session_salt"]);
    const Bytes iv = hex_of(vector["iv"]);
    const std::string kind = vector["kind"];
    if (kind == "srtp-tag-only") {
      const Bytes sealed = aes_gcm(hex_of(vector["session_key"]), iv, hex_of(vector["aad"]), {});
      EXPECT_EQ(sealed, hex_of(vector["tag"])) << vector["section"];
      ++cases;
      continue;
    }
    EXPECT_EQ(kind == "srtp" ? gcm_rtp_iv(salt, vector["ssrc"], vector["roc"], vector["seq"])
                             : gcm_rtcp_iv(salt, vector["ssrc"], vector["srtcp_index"]),
              iv);
    EXPECT_EQ(expected(vector), hex_of(vector["protected_packet"])) << vector["section"];
    if (vector["profile"] == "AEAD_AES_128_GCM" && kind != "srtcp-tag-only") {
      const SessionKeys keys{hex_of(vector["session_key"]), salt, {}};
      const Bytes plain = hex_of(vector["plain_packet"]);
      const Bytes made =
          kind == "srtp"
              ? protect_rtp(SrtpProfile::kAeadAes128Gcm, keys, plain, 12, vector["roc"])
              : protect_rtcp(SrtpProfile::kAeadAes128Gcm, keys, plain, vector["srtcp_index"]);
      EXPECT_EQ(made, hex_of(vector["protected_packet"])) << vector["section"];
    }
    ++cases;
  }
  print_count("RFC 7714", cases);
  EXPECT_EQ(cases, 8u);
}

}  // namespace
}  // namespace sotto::bridge::test
