// Against libsodium, for every size that a code path begins or ends at and for whatever chance
// brings. Buffers are exact allocations, so that AddressSanitizer sees one byte too many.
#include "crypto/chacha20_poly1305_kernel.h"

#include <gtest/gtest.h>
#include <sodium.h>

#include <vector>

#include "base/hex.h"
#include "shared/seeded_random.h"

namespace sotto {
namespace {

using Bytes = std::vector<std::uint8_t>;
using Kernel = ChaCha20Poly1305Kernel;

struct Case {
  Bytes key, nonce, aad, plain;

  Case(SeededRandom& random, std::size_t size, std::size_t aad_size)
      : key(random.bytes(32)),
        nonce(random.bytes(12)),
        aad(random.bytes(aad_size)),
        plain(random.bytes(size)) {}

  Bytes libsodium() const {
    Bytes sealed(plain.size() + 16);
    crypto_aead_chacha20poly1305_ietf_encrypt(sealed.data(), nullptr, plain.data(), plain.size(),
                                              aad.data(), aad.size(), nullptr, nonce.data(),
                                              key.data());
    return sealed;
  }

  Bytes seal() const {
    Bytes sealed(plain.size() + 16);
    Kernel::seal(key_view(), nonce_view(), aad, plain, sealed);
    return sealed;
  }

  Bytes seal_in_place() const {
    Bytes buffer = plain;
    buffer.resize(plain.size() + 16);
    Kernel::seal(key_view(), nonce_view(), aad, ByteView(buffer).first(plain.size()), buffer);
    return buffer;
  }

  bool open(ByteView sealed, MutableBytes out) const {
    return Kernel::open(key_view(), nonce_view(), aad, sealed, out);
  }

  Kernel::Key key_view() const { return ByteView(key).first<32>(); }
  Kernel::Nonce nonce_view() const { return ByteView(nonce).first<12>(); }
};

void expect_agreement(const Case& c) {
  const Bytes sealed = c.libsodium();
  ASSERT_EQ(c.seal(), sealed) << c.plain.size() << " bytes, AAD " << c.aad.size();
  ASSERT_EQ(c.seal_in_place(), sealed) << c.plain.size() << " bytes, AAD " << c.aad.size();
  Bytes opened(c.plain.size(), 0xee);
  ASSERT_TRUE(c.open(sealed, opened));
  ASSERT_EQ(opened, c.plain);
  Bytes buffer = sealed;
  ASSERT_TRUE(c.open(buffer, MutableBytes(buffer).first(c.plain.size())));
  buffer.resize(c.plain.size());
  ASSERT_EQ(buffer, c.plain) << "in place";
}

TEST(ChaCha20Poly1305Kernel, MatchesRfc8439Section282) {
  SeededRandom random;
  Case c(random, 0, 0);
  c.key = *from_hex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
  c.nonce = *from_hex("070000004041424344454647");
  c.aad = *from_hex("50515253c0c1c2c3c4c5c6c7");
  const ByteView text = as_bytes(
      "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
      "sunscreen would be it.");
  c.plain.assign(text.begin(), text.end());
  EXPECT_EQ(to_hex(c.seal()),
            "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d6"
            "3dbea45e8ca9671282fafb69da92728b1a71de0a9e060b2905d6a5b67ecd3b36"
            "92ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc"
            "3ff4def08e4b7a9de576d26586cec64b61161ae10b594f09e26a7e902ecbd0600691");
}

// Not libsodium's word: computed once by OpenSSL and by the Python of tests/vectors.
TEST(ChaCha20Poly1305Kernel, MatchesAKnownAnswerOf1000Bytes) {
  SeededRandom random;
  Case c(random, 1000, 20);
  for (std::size_t i = 0; i < 32; ++i) c.key[i] = static_cast<std::uint8_t>(i);
  for (std::size_t i = 0; i < 12; ++i) c.nonce[i] = static_cast<std::uint8_t>(0xa0 + i);
  for (std::size_t i = 0; i < 20; ++i) c.aad[i] = static_cast<std::uint8_t>(0x50 + i);
  for (std::size_t i = 0; i < 1000; ++i) c.plain[i] = static_cast<std::uint8_t>(i * 7);
  const Bytes sealed = c.seal();
  std::uint8_t digest[32];
  crypto_hash_sha256(digest, sealed.data(), sealed.size());
  EXPECT_EQ(to_hex(digest), "95e41fbac2b94df1c27d2548ae08579074121f97a5b19247131d16e3615c4637");
}

TEST(ChaCha20Poly1305Kernel, AgreesWithLibsodiumForEverySizeUpTo1100) {
  SeededRandom random;
  for (std::size_t size = 0; size <= 1100; ++size) {
    ASSERT_NO_FATAL_FAILURE(expect_agreement(Case(random, size, size % 37)));
  }
}

TEST(ChaCha20Poly1305Kernel, AgreesWithLibsodiumForEverySizeOfAad) {
  SeededRandom random;
  for (std::size_t size = 0; size <= 300; ++size) {
    ASSERT_NO_FATAL_FAILURE(expect_agreement(Case(random, 300 - size, size)));
  }
}

TEST(ChaCha20Poly1305Kernel, AgreesWithLibsodiumInTenThousandRandomCases) {
  SeededRandom random(2);
  for (int i = 0; i < 10'000; ++i) {
    const std::size_t size = random.below(i % 50 == 0 ? 20'000 : 600);
    ASSERT_NO_FATAL_FAILURE(expect_agreement(Case(random, size, random.below(64))));
  }
}

TEST(ChaCha20Poly1305Kernel, AgreesWithLibsodiumAtAMebibyte) {
  SeededRandom random(3);
  for (std::size_t size : {(1u << 20) - 1, 1u << 20, (1u << 20) + 65}) {
    ASSERT_NO_FATAL_FAILURE(expect_agreement(Case(random, size, 17)));
  }
}

// Whatever is changed, and in place or not: no byte of plain text comes out.
TEST(ChaCha20Poly1305Kernel, RefusesAChangedBitAnywhereAndLeavesZeros) {
  SeededRandom random(4);
  std::size_t refused = 0;
  const auto expect_refusal = [&](const Case& c, Bytes sealed) {
    Bytes opened(c.plain.size(), 0xee);
    ASSERT_FALSE(c.open(sealed, opened));
    ASSERT_EQ(opened, Bytes(c.plain.size()));
    ASSERT_FALSE(c.open(sealed, MutableBytes(sealed).first(c.plain.size())));
    sealed.resize(c.plain.size());
    ASSERT_EQ(sealed, Bytes(c.plain.size())) << "in place";
    ++refused;
  };
  for (std::size_t size : {0, 1, 80, 128, 129, 192, 193, 300, 448, 449, 1000}) {
    Case c(random, size, 21);
    const Bytes sealed = c.seal();
    for (std::size_t at = 0; at < sealed.size(); ++at) {
      Bytes changed = sealed;
      changed[at] ^= static_cast<std::uint8_t>(1 << at % 8);
      ASSERT_NO_FATAL_FAILURE(expect_refusal(c, changed));
    }
    for (Bytes* input : {&c.key, &c.nonce, &c.aad}) {
      for (std::size_t at = 0; at < input->size(); ++at) {
        (*input)[at] ^= static_cast<std::uint8_t>(1 << at % 8);
        ASSERT_NO_FATAL_FAILURE(expect_refusal(c, sealed));
        (*input)[at] ^= static_cast<std::uint8_t>(1 << at % 8);
      }
    }
    c.aad.push_back(0);
    ASSERT_NO_FATAL_FAILURE(expect_refusal(c, sealed));
  }
  EXPECT_GT(refused, 3'000u);
}

TEST(ChaCha20Poly1305Kernel, WritesNothingPastItsOutput) {
  SeededRandom random(5);
  for (std::size_t size = 0; size < 600; ++size) {
    const Case c(random, size, 5);
    Bytes sealed(size + 16 + 64, 0xee);
    Kernel::seal(c.key_view(), c.nonce_view(), c.aad, c.plain,
                 MutableBytes(sealed).first(size + 16));
    ASSERT_EQ(Bytes(sealed.end() - 64, sealed.end()), Bytes(64, 0xee)) << size;
    Bytes opened(size + 64, 0xee);
    ASSERT_TRUE(c.open(ByteView(sealed).first(size + 16), MutableBytes(opened).first(size)));
    ASSERT_EQ(Bytes(opened.end() - 64, opened.end()), Bytes(64, 0xee)) << size;
  }
}

}  // namespace
}  // namespace sotto
